import { createHash, generateKeyPairSync, type KeyObject, randomUUID, sign } from "node:crypto";
import type { Pool } from "pg";
import { AUDIT_COLUMNS, type AuditRow, toAuditEntry, WITH_SEAL } from "@/lib/audit/audit-record";
import { sealEntries } from "@/lib/audit/seal-entries";
import { writeEntry } from "@/lib/audit/write-entry";
import type { AuditEntry } from "@/lib/contract/audit";
import type { TestDatabase } from "./database";
import { type Scene, TEST_CONTEXT } from "./scene";

/** Writes entries of these organizations, in turns, and seals them. */
export async function growTrail(
  { db, worker }: Pick<TestDatabase, "db" | "worker">,
  scenes: readonly Scene[],
  count: number,
): Promise<void> {
  for (let index = 0; index < count; index++) {
    const scene = scenes[index % scenes.length]!;
    await writeEntry(db, {
      caller: scene.support,
      context: TEST_CONTEXT,
      orgId: scene.orgId,
      action: "webhook.tested",
      target: { type: "webhook", id: randomUUID(), label: "tab\t, line\n, \\ and “Ünïcode” \u{1f600}" },
      meta: { reason: `Reason ${index} \\N "quoted"`, share: 0.1 + 0.2, tiny: 1e-7, many: 9007199254740991 },
    });
  }
  await sealAll(worker);
}

export async function sealAll(worker: Pool): Promise<void> {
  const client = await worker.connect();
  try {
    while ((await sealEntries(client, 1_000)) > 0);
  } finally {
    client.release();
  }
}

/** The sealed entries as the API shows them, by position. */
export async function readTrail(sql: Pool): Promise<AuditEntry[]> {
  const { rows } = await sql.query<AuditRow>(
    `SELECT ${AUDIT_COLUMNS.sql} FROM audit_entries r ${WITH_SEAL.sql} WHERE s.position IS NOT NULL ORDER BY s.position`,
  );
  return rows.map(toAuditEntry);
}

const sha256 = (...parts: (string | Buffer)[]): Buffer =>
  parts.reduce((sum, part) => sum.update(part), createHash("sha256")).digest();

/** A key that signs checkpoints, made from docs/audit-format.md alone: tests check ours with it. */
export type Notary = { verifierKey: string; sign(text: string): string };

export function makeNotary(name = "runflow-audit"): Notary {
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

export type Head = { org_id: string; sequence: number; hash: string };

/** The tree of RFC 9162 as its section 2.1 defines it: by halves. */
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

/** Where a leaf stands, and its inclusion proof as RFC 9162, section 2.1.3.1, defines it. */
export function treePath(heads: readonly Head[], index: number): Buffer[] {
  if (heads.length === 1) return [];
  let half = 1;
  while (half * 2 < heads.length) half *= 2;
  return index < half
    ? [...treePath(heads.slice(0, half), index), treeRoot(heads.slice(half))]
    : [...treePath(heads.slice(half), index - half), treeRoot(heads.slice(0, half))];
}

/** The heads of all chains, in the tree's order. */
export function headsOf(trail: readonly AuditEntry[]): Head[] {
  const heads = new Map(trail.map(({ org_id, chain }) => [org_id, { org_id, ...chain! }]));
  return [...heads.values()].sort((a, b) => (a.org_id < b.org_id ? -1 : 1));
}

/** The note that vouches for a trail. */
export function writeCheckpoint(
  trail: readonly AuditEntry[],
  { number, previous, notary }: { number: number; previous: string | undefined; notary: Notary },
): string {
  const heads = headsOf(trail);
  return notary.sign(
    [
      "runflow-audit/v1",
      trail.length,
      treeRoot(heads).toString("base64"),
      `checkpoint ${number}`,
      `orgs ${heads.length}`,
      "time 2026-11-25T12:00:00.000+00:00",
      `previous ${previous === undefined ? "-" : sha256(previous).toString("base64")}\n`,
    ].join("\n"),
  );
}
