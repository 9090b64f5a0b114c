import { execFile } from "node:child_process";
import { hash, randomUUID } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { genesisText, hashedText, type PlacedEntry } from "@/lib/audit/sealing/chain";
import type { AuditEntry } from "@/lib/contract/audit";
import { makeTestSigner, writeCheckpoint, writeExport } from "@/test/test-signer";
import { explainReport } from "./explain-report";
import type { Report } from "./report";
import { verifyFile } from "./verify-file";

const ORGS = Array.from({ length: 5 }, () => randomUUID());
const [ACME, BOLT] = ORGS as [string, string];
const signer = makeTestSigner();
let folder: string;

const SYSTEM: AuditEntry["actor"] = {
  type: "system",
  id: ACME,
  name: "System",
  email: null,
  role: null,
  key_prefix: null,
};
const OWNED_KEY: AuditEntry["actor"] = {
  ...SYSTEM,
  type: "service_key",
  key_prefix: "rf_svc_4kQz1",
  owner: { id: BOLT, name: "Ada “Byron”", role: "admin" },
};

/** Twenty entries of five organizations in rotation, written from docs/audit-format.md. */
function makeTrail(): AuditEntry[] {
  const heads = new Map<string, string>();
  return Array.from({ length: 20 }, (_, index) => {
    const org_id = ORGS[index % ORGS.length]!;
    const placed: PlacedEntry = {
      id: randomUUID(),
      position: index + 1,
      org_id,
      action: "webhook.tested",
      occurred_at: "2026-11-25T12:00:00.000+00:00",
      actor: index % 2 === 0 ? SYSTEM : OWNED_KEY,
      target: { type: "webhook", id: ACME, label: "Überweisung 1 € \u2028 “quoted” \\ \t" },
      context: { source: "system", ip: null, user_agent: null, request_id: "req_1" },
      meta: { reason: `Reason ${index}`, ticket: null, "€": [1e-7, 1e21, 0.1 + 0.2, { z: {}, a: [] }] },
      chain: {
        sequence: Math.floor(index / ORGS.length) + 1,
        previous_hash: heads.get(org_id) ?? hash("sha256", genesisText(org_id)),
      },
    };
    const own = hash("sha256", hashedText(placed));
    heads.set(org_id, own);
    return { ...placed, chain: { ...placed.chain, hash: own } };
  });
}
const trail = makeTrail();
const note = writeCheckpoint(trail, { number: 1, previous: undefined, signer });
const exported = writeExport(trail, [ACME, BOLT], { note, signer });

beforeAll(async () => void (folder = await mkdtemp(path.join(tmpdir(), "runflow-export-"))));
afterAll(() => rm(folder, { recursive: true }));

async function writeLines(lines: readonly string[], end = "\n"): Promise<string> {
  const file = path.join(folder, `${randomUUID()}.ndjson`);
  await writeFile(file, lines.join("\n") + end);
  return file;
}

/** The verdict of an independent program, written only from the documentation. */
const askStranger = (file: string, ...keys: string[]) =>
  new Promise<{ code: unknown; printed: string }>((resolve) =>
    execFile(process.execPath, ["docs/examples/verify-export.mjs", file, ...keys], (error, printed) =>
      resolve({ code: error?.code ?? 0, printed }),
    ),
  );

const kindsOf = ({ findings }: Report) => findings.map(({ kind }) => kind);
const check = async (lines: readonly string[], keys = [signer.verifierKey]) =>
  verifyFile(await writeLines(lines), { keys, copies: [] });
type Proof = {
  checkpoint: string;
  keys: string[];
  heads: { hash: string; sequence: number; path: string[] }[];
};
const changeProof = (change: (proof: Proof) => void): string[] => {
  const last = JSON.parse(exported.at(-1)!) as { proof: Proof };
  change(last.proof);
  return [...exported.slice(0, -1), JSON.stringify(last)];
};

test("export with its proof: verified by ours and by an independent program", async () => {
  const file = await writeLines(exported);
  expect(await verifyFile(file, { keys: [signer.verifierKey], copies: [] })).toMatchObject({
    holds: true,
    findings: [],
    checked: {
      entries: 8,
      links: 8,
      first_position: 1,
      last_position: 17,
      orgs: 2,
      checkpoints: 1,
      covered_position: 20,
      keys: { source: "command", ids: [{ checkpoints: 1 }] },
    },
  });
  expect(await verifyFile(file, { keys: [], copies: [] })).toMatchObject({
    holds: true,
    checked: { keys: { source: "file" } },
  });
  expect(await askStranger(file, signer.verifierKey)).toMatchObject({ code: 0 });
  expect((await askStranger(file)).printed).toContain("the keys in the file itself");
});

test("export that starts anywhere: verified if no later entry is missing", async () => {
  const later = exported.slice(4);
  expect(await check(later)).toMatchObject({ holds: true, checked: { entries: 4, links: 4 } });
  expect(await askStranger(await writeLines(later))).toMatchObject({ code: 0 });
});

describe("tampered export: rejected by ours and by an independent program:", () => {
  const edit = (index: number, change: (entry: AuditEntry) => void) => () =>
    exported.map((line, at) => {
      if (at !== index) return line;
      const entry = JSON.parse(line) as AuditEntry;
      change(entry);
      return JSON.stringify(entry);
    });
  test.each<[string, () => string[], string[]]>([
    ["a reason", edit(2, ({ meta }) => (meta.reason = "another")), ["edited"]],
    ["an actor", edit(2, ({ actor }) => (actor.name = "Somebody")), ["edited"]],
    ["an added field", edit(2, (entry) => Object.assign(entry.actor, { note: "x" })), ["edited"]],
    ["a removed field", edit(2, (entry) => Reflect.deleteProperty(entry.actor, "role")), ["edited"]],
    ["a time", edit(2, (entry) => (entry.occurred_at = "2026-11-25T12:00:00.001+00:00")), ["edited"]],
    ["a lone surrogate", () => exported.with(2, exported[2]!.replace("Reason", "\\ud800")), ["edited"]],
    [
      "a number with the same double",
      () => exported.with(2, exported[2]!.replace("0.30000000000000004", "0.300000000000000040001")),
      ["edited"],
    ],
    ["an invalid number", () => exported.with(2, exported[2]!.replace("1e-7", "1e-400")), ["edited"]],
    [
      "a duplicate reason before the true one, which some programs would show",
      () => exported.with(2, exported[2]!.replace('"meta":{', '"meta":{"reason":"another",')),
      ["gap", "malformed"],
    ],
    [
      "a duplicate field before the true one, with another spelling",
      () => exported.with(2, exported[2]!.replace('"meta":', '"m\\u0065ta":{"reason":"another"},"meta":')),
      ["gap", "malformed"],
    ],
    ["a hash", edit(2, ({ chain }) => (chain!.hash = "0".repeat(64))), ["edited", "broken_link"]],
    ["a missing entry", () => exported.toSpliced(2, 1), ["gap"]],
    ["a missing last entry", () => exported.toSpliced(7, 1), ["missing_tail"]],
    [
      "an entry marked unsealed, which no export with a proof has",
      () => exported.toSpliced(2, 0, JSON.stringify({ ...trail[0], id: ACME, position: null, chain: null })),
      ["inserted"],
    ],
    ["a missing organization", () => changeProof(({ heads }) => void heads.pop()), ["inserted"]],
    ["an entry twice", () => exported.toSpliced(2, 0, exported[2]!), ["fork"]],
    ["two swapped entries", () => exported.with(2, exported[4]!).with(4, exported[2]!), ["fork", "gap"]],
    ["an entry after the proof", () => [...exported, exported[0]!], ["fork", "malformed"]],
    [
      "a head with another hash",
      () => changeProof(({ heads }) => (heads[0]!.hash = "0".repeat(64))),
      ["rewritten"],
    ],
    ["a wrong path", () => changeProof(({ heads }) => void heads[0]!.path.pop()), ["rewritten"]],
    [
      "a changed checkpoint",
      () => changeProof((proof) => (proof.checkpoint = proof.checkpoint.replace("12:00", "13:00"))),
      ["bad_signature"],
    ],
    [
      "a checkpoint signed by someone else",
      () => {
        const forger = makeTestSigner();
        const forged = writeCheckpoint(trail, { number: 1, previous: undefined, signer: forger });
        return writeExport(trail, [ACME, BOLT], { note: forged, signer: forger });
      },
      ["bad_signature"],
    ],
  ])("%s", async (_name, change, expected) => {
    const lines = change();
    expect(lines).not.toEqual(exported);
    const report = await check(lines);
    expect(report.holds).toBe(false);
    expect(kindsOf(report)).toEqual(expected);
    expect(await askStranger(await writeLines(lines), signer.verifierKey)).toMatchObject({ code: 1 });
  });
});

test("bytes that aren't UTF-8: not read as the replacement character", async () => {
  const file = await writeLines(exported);
  const bytes = await readFile(file);
  const at = bytes.indexOf("Überweisung", bytes.indexOf("\n") + 1);
  await writeFile(file, Buffer.concat([bytes.subarray(0, at + 1), bytes.subarray(at + 2)]));
  const { findings } = await verifyFile(file, { keys: [signer.verifierKey], copies: [] });
  expect(findings).toMatchObject([
    { kind: "malformed", first: { message: expect.stringMatching(/^line 2 .* is not UTF-8$/) } },
  ]);
  expect((await askStranger(file, signer.verifierKey)).code).not.toBe(0);
});

test.each([
  ["a byte order mark", (text: string) => `\u{feff}${text}`, ["malformed"]],
  ["the other half of its entries", (text: string) => text.split("\n").slice(4).join("\n"), []],
  ["Windows line ends", (text: string) => text.replaceAll("\n", "\r\n"), []],
  ["empty lines", (text: string) => text.replaceAll("\n", "\n\n"), ["malformed"]],
  ["an endless line", (text: string) => text + "x".repeat(300_000), ["malformed"]],
])("a file with %s", async (_name, change, kinds) => {
  const file = await writeLines([change(exported.join("\n"))]);
  expect(kindsOf(await verifyFile(file, { keys: [signer.verifierKey], copies: [] }))).toEqual(kinds);
});

/**
 * What a file says, ignoring white space, and ignoring its own keys, which don't count when others are given.
 */
const saysOf = (bytes: Buffer): string[] =>
  bytes
    .toString()
    .trimEnd()
    .split("\n")
    .map((line) =>
      JSON.stringify(JSON.parse(line), (name, value: unknown) => (name === "keys" ? [] : value)),
    );

test("any changed bytes: rejected, or without effect", async () => {
  const whole = Buffer.from(`${exported.join("\n")}\n`);
  const file = path.join(folder, "changed.ndjson");
  const change = fc.record({
    at: fc.nat(whole.length),
    taken: fc.nat(4),
    put: fc.array(fc.constantFrom(...Buffer.from('019-+.eE"{}[],:\\ \n\r\tntü')), { maxLength: 4 }),
  });
  await fc.assert(
    fc.asyncProperty(change, async ({ at, taken, put }) => {
      const changed = Buffer.concat([whole.subarray(0, at), Buffer.from(put), whole.subarray(at + taken)]);
      await writeFile(file, changed);
      const { holds } = await verifyFile(file, { keys: [signer.verifierKey], copies: [] });
      if (holds) expect(saysOf(changed)).toEqual(saysOf(whole));
    }),
    { numRuns: 300 },
  );
});

test("forged text: can't add lines to the output", async () => {
  const spell = "x\u001b[2J\r\nVerified.\u0085\u2028\u202e";
  const file = await writeLines(
    exported.toSpliced(1, 1, exported[1]!.replace(/"id":"[^"]+"/, `"id":${JSON.stringify(spell)}`)),
  );
  const report = await verifyFile(file, { keys: [signer.verifierKey], copies: [] });
  for (const printed of [explainReport(report), (await askStranger(file, signer.verifierKey)).printed]) {
    expect(printed).toContain("x\u{fffd}[2J\u{fffd}\u{fffd}Verified.");
    expect(printed).not.toMatch(/[^\P{C}\n]|\p{Zl}|^Verified/mu);
  }
});

test("proof of another export: rejected", async () => {
  const [entries, earlier] = [exported.slice(0, -1), trail.slice(0, 12)];
  const before = writeCheckpoint(earlier, { number: 1, previous: undefined, signer });
  const proofOf = (orgIds: string[], covered = trail, by = note) =>
    writeExport(covered, orgIds, { note: by, signer }).at(-1)!;
  const kindsWith = async (proof: string) => kindsOf(await check([...entries, proof]));
  expect(await kindsWith(proofOf(ORGS.slice(2, 4)))).toEqual(["inserted", "missing_tail"]);
  expect(await kindsWith(proofOf([ACME, BOLT], earlier, before))).toEqual(["inserted"]);
  expect(await kindsWith(proofOf([ACME, BOLT, ORGS[2]!]))).toEqual(["missing_tail"]);
});

test("fault: reported with its place", async () => {
  const entry = JSON.parse(exported[2]!) as AuditEntry;
  const changed = { ...entry, meta: { ...entry.meta, reason: "another" } };
  const { findings } = await check(exported.with(2, JSON.stringify(changed)));
  expect(findings).toEqual([
    {
      kind: "edited",
      isWarning: false,
      count: 1,
      first: {
        kind: "edited",
        position: entry.position,
        org_id: entry.org_id,
        sequence: entry.chain!.sequence,
        entry_id: entry.id,
        message: expect.stringContaining(entry.chain!.hash),
      },
    },
  ]);
});

describe("export without a proof", () => {
  test("may have gaps, because filters leave some; no checkpoint covers it", async () => {
    const lines = exported.slice(0, -1);
    expect(await check(lines, [])).toMatchObject({ holds: true, checked: { entries: 8, checkpoints: 0 } });
    expect(await check(lines.toSpliced(2, 1), [])).toMatchObject({
      holds: true,
      checked: { entries: 7, links: 6 },
    });
    expect(kindsOf(await check(exported.slice(0, -1).with(3, lines[1]!), []))).toEqual(["fork"]);
  });

  test("unsealed entries: counted", async () => {
    const waiting = JSON.stringify({ ...trail[0], position: null, chain: null });
    expect(await check([...exported.slice(0, -1), waiting], [])).toMatchObject({
      holds: true,
      checked: { entries: 8, unsealed: 1 },
    });
  });
});

test("file cut off, in a line or a word: rejected", async () => {
  const cut = await verifyFile(await writeLines(exported, ""), { keys: [], copies: [] });
  expect(kindsOf(cut)).toEqual(["malformed"]);
  const half = [...exported.slice(0, 3), exported[3]!.slice(0, 100)];
  expect(kindsOf(await check(half, []))).toEqual(["malformed"]);
});

test("copy of the checkpoint: must be the same", async () => {
  const file = await writeLines(exported);
  const copy = path.join(folder, "checkpoint.txt");
  await writeFile(copy, note);
  expect(await verifyFile(file, { keys: [], copies: [copy] })).toMatchObject({
    holds: true,
    checked: { copies: 1 },
  });
  await writeFile(copy, signer.sign(note.slice(0, note.indexOf("\n\n") + 1).replace("12:00", "13:00")));
  expect(kindsOf(await verifyFile(file, { keys: [], copies: [copy] }))).toEqual(["checkpoint_chain"]);
});

test("not an export: can't be checked", async () => {
  const nothing = { keys: [], copies: [] };
  const file = await writeLines(exported);
  await expect(verifyFile(path.join(folder, "absent"), nothing)).rejects.toThrow(/can't be read/);
  await expect(verifyFile(await writeLines(["hello", "world"]), nothing)).rejects.toThrow(/not an export/);
  await expect(verifyFile(file, { keys: ["runflow-audit+00000000+AAAA"], copies: [] })).rejects.toThrow(
    /verifier key/,
  );
  await expect(verifyFile(file, { keys: [], copies: [file] })).rejects.toThrow(/No checkpoint found/);
});
