import { createHash, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import type { AuditEntry } from "@/lib/contract/audit";

const sha256 = (...parts: (string | Buffer)[]): Buffer =>
  parts.reduce((sum, part) => sum.update(part), createHash("sha256")).digest();

/**
 * A signing key made from docs/audit-format.md alone, so that tests check our implementation against the
 * format.
 */
export type TestSigner = { verifierKey: string; sign(text: string): string };

export function makeTestSigner(name = "runflow-audit"): TestSigner {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const bytes = Buffer.concat([Buffer.of(1), rawKey(publicKey)]);
  const id = sha256(`${name}\n`, bytes).subarray(0, 4);
  return {
    verifierKey: `${name}+${id.toString("hex")}+${bytes.toString("base64")}`,
    sign: (text) => {
      const signature = Buffer.concat([id, sign(null, Buffer.from(text), privateKey)]);
      return `${text}\n— ${name} ${signature.toString("base64")}\n`;
    },
  };
}

const rawKey = (key: KeyObject): Buffer => key.export({ format: "der", type: "spki" }).subarray(-32);

type Head = { org_id: string; sequence: number; hash: string };

/** The Merkle tree of RFC 9162, as section 2.1 defines it recursively. */
export function treeRoot(heads: readonly Head[]): Buffer {
  if (heads.length === 0) return sha256("");
  if (heads.length === 1) {
    const { org_id, sequence, hash } = heads[0]!;
    return sha256(Buffer.of(0), `${org_id} ${sequence} ${hash}`);
  }
  let half = 1;
  while (half * 2 < heads.length) half *= 2;
  return sha256(Buffer.of(1), treeRoot(heads.slice(0, half)), treeRoot(heads.slice(half)));
}

/** A leaf's index and its inclusion proof, as RFC 9162 section 2.1.3.1 defines it. */
export function treePath(heads: readonly Head[], index: number): Buffer[] {
  if (heads.length === 1) return [];
  let half = 1;
  while (half * 2 < heads.length) half *= 2;
  return index < half
    ? [...treePath(heads.slice(0, half), index), treeRoot(heads.slice(half))]
    : [...treePath(heads.slice(half), index - half), treeRoot(heads.slice(0, half))];
}

/** The heads of all chains, in the tree's order. */
function headsOf(trail: readonly AuditEntry[]): Head[] {
  const heads = new Map(trail.map(({ org_id, chain }) => [org_id, { org_id, ...chain! }]));
  return [...heads.values()].sort((a, b) => (a.org_id < b.org_id ? -1 : 1));
}

const TIME = "2026-11-25T12:00:00.000+00:00";
type Said = { number: number; previous: string | undefined; signer: TestSigner; time?: string | undefined };

/** Writes the signed note of a checkpoint over the trail. */
export function writeCheckpoint(
  trail: readonly AuditEntry[],
  { number, previous, signer, time = TIME }: Said,
): string {
  const heads = headsOf(trail);
  return signer.sign(
    [
      "runflow-audit/v1",
      trail.length,
      treeRoot(heads).toString("base64"),
      `checkpoint ${number}`,
      `orgs ${heads.length}`,
      `time ${time}`,
      `previous ${previous === undefined ? "-" : sha256(previous).toString("base64")}\n`,
    ].join("\n"),
  );
}

/**
 * The lines of an export of these organizations with its proof.
 * @param covered the part of the trail that the note covers
 */
export function writeExport(
  covered: readonly AuditEntry[],
  orgIds: readonly string[],
  { note, signer }: { note: string; signer: TestSigner },
): string[] {
  const all = headsOf(covered);
  const heads = all.flatMap(({ org_id, sequence, hash }, index) => {
    const path = treePath(all, index).map((node) => node.toString("hex"));
    return orgIds.includes(org_id) ? [{ org_id, sequence, hash, index, path }] : [];
  });
  const proof = { format: "runflow-audit-proof/v1", checkpoint: note, keys: [signer.verifierKey], heads };
  const entries = covered.filter(({ org_id }) => orgIds.includes(org_id));
  return [...entries, { proof }].map((line) => JSON.stringify(line));
}
