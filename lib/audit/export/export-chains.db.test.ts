import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { makeCheckpoint } from "@/lib/audit/checkpoints/make-checkpoint";
import { makeSigningKey } from "@/lib/audit/signing/sign-note";
import { verifyFile } from "@/lib/audit/verify/verify-file";
import { AuditExportQuery } from "@/lib/contract/audit";
import type { AuditProof } from "@/lib/contract/audit-proof";
import { createClient } from "@/lib/platform/db/client";
import type { Caller, Reach } from "@/lib/states/caller";
import { useDatabase } from "@/test/database";
import { seedFixture, makeStaff, type Fixture, TEST_CONTEXT } from "@/test/fixture";
import { growTrail, readTrail, sealAll } from "@/test/grow-trail";
import { exportEntries } from "./export-entries";

vi.mock("@/lib/platform/env/env", () => ({
  env: () => ({ CURSOR_SECRET: "the secret of this test, long enough", LOG_LEVEL: "silent" }),
}));

const database = useDatabase();
const key = makeSigningKey(Buffer.alloc(32, 7));
let worker: ReturnType<typeof createClient>;
let folder: string;
let fixtures: Fixture[];
let auditor: Caller;

beforeAll(async () => {
  const { owner, workerUrl } = database();
  worker = createClient({ url: workerUrl, poolSize: 2 });
  folder = await mkdtemp(path.join(tmpdir(), "runflow-export-"));
  fixtures = [await seedFixture(owner), await seedFixture(owner), await seedFixture(owner)];
  auditor = await makeStaff(owner, "auditor");
});
afterAll(async () => {
  await worker?.$disconnect();
  await rm(folder, { recursive: true, force: true });
});

async function download(over: Record<string, string> = {}, reach: Reach = { all: true }): Promise<string> {
  const { db } = database();
  const caller = { ...auditor, reach };
  const { body } = await exportEntries(db, caller, {
    query: AuditExportQuery.parse({ format: "ndjson", proof: "true", ...over }),
    context: TEST_CONTEXT,
    isDownloaded: true,
    list: (read) => read(db),
    readCallerAgain: () => Promise.resolve(caller),
  });
  return new Response(body).text();
}

type Line = { position: number; org_id: string; chain: { sequence: number } };

/** Returns the entries and the proof after our verifier has accepted the file. */
async function verified(text: string): Promise<{ entries: Line[]; proof: AuditProof }> {
  const file = path.join(folder, "export.ndjson");
  await writeFile(file, text);
  const report = await verifyFile(file, { keys: [key.verifierKey], copies: [] });
  expect(report.findings).toEqual([]);
  expect(report.holds).toBe(true);
  const lines = text.trimEnd().split("\n");
  const { proof } = JSON.parse(lines.pop()!) as { proof: AuditProof };
  return { entries: lines.map((line) => JSON.parse(line) as Line), proof };
}

const checkpoint = async () => (await makeCheckpoint(worker, [key]))!;
const grow = (count: number) => growTrail(database(), fixtures, count);

test("no checkpoint yet: nothing to prove or export", async () => {
  await grow(30);
  const exports = "SELECT FROM audit_entries WHERE action = 'audit.exported'";
  await expect(download()).rejects.toMatchObject({ code: "CONFLICT" });
  expect((await database().owner.query(exports)).rowCount).toBe(0);
});

test("whole trail: exported and verified", async () => {
  const { position } = await checkpoint();
  const { entries, proof } = await verified(await download());
  expect(entries.map((entry) => entry.position)).toEqual(
    Array.from({ length: position }, (_, index) => index + 1),
  );
  expect(proof.heads.map(({ sequence }) => sequence)).toEqual([10, 10, 10]);
});

test("entries without a checkpoint: left out", async () => {
  await grow(9);
  const { entries } = await verified(await download());
  expect(entries.at(-1)!.position).toBe(30);
});

test("one organization: only its chain, without other names", async () => {
  await checkpoint();
  const [own, ...others] = fixtures;
  const reach: Reach = { all: false, orgIds: [own!.orgId, fixtures[2]!.orgId] };
  for (const text of [
    await download({ org_id: own!.orgId.toUpperCase() }),
    await download({}, { all: false, orgIds: [own!.orgId] }),
    await download({ org_id: own!.orgId }, reach),
  ]) {
    const { entries, proof } = await verified(text);
    expect(entries.map(({ chain }) => chain.sequence)).toEqual(
      Array.from({ length: 13 }, (_, index) => index + 1),
    );
    expect(proof.heads.map(({ org_id }) => org_id)).toEqual([own!.orgId]);
    for (const { orgId } of others) expect(text).not.toContain(orgId);
  }
  const { proof } = await verified(await download({}, reach));
  expect(proof.heads.map(({ org_id }) => org_id).sort()).toEqual([...reach.orgIds].sort());
});

test("time range: up to the first checkpoint after it, each chain without a gap", async () => {
  await grow(12);
  const middle = await checkpoint();
  await grow(6);
  await checkpoint();
  const trail = await readTrail(database().owner);
  const covered = trail.filter(({ position }) => position! <= middle.position);
  const [first, last] = [covered.at(-10)!, covered.at(-5)!];
  const { entries, proof } = await verified(
    await download({ from: first.occurred_at, to: last.occurred_at }),
  );
  expect(entries.at(-1)!.position).toBe(middle.position);
  expect(proof.checkpoint).toContain(`\n${middle.position}\n`);
  const ids = entries.map(({ position }) => position);
  // Entries before the first one may share its millisecond, so they match too.
  const within = trail.filter(
    ({ occurred_at }) => occurred_at >= first.occurred_at && occurred_at < last.occurred_at,
  );
  expect(ids).toEqual(expect.arrayContaining(within.map(({ position }) => position)));
  expect(Math.min(...ids)).toBe(within[0]!.position);
});

test("no match: an empty proof", async () => {
  const text = await download({ from: "2001-01-01", to: "2001-01-02" });
  expect(text.trimEnd().split("\n")).toHaveLength(1);
  expect((JSON.parse(text) as { proof: AuditProof }).proof.heads).toEqual([]);
});

test("chain with a missing entry: the file breaks off before its last line", async () => {
  const { owner } = database();
  await sealAll(database().worker);
  const trail = await readTrail(owner);
  await owner.query("ALTER TABLE audit_entries DISABLE TRIGGER USER");
  await owner.query("DELETE FROM audit_entries WHERE id = $1", [trail[20]!.id]);
  await owner.query("ALTER TABLE audit_entries ENABLE TRIGGER USER");
  await expect(download()).rejects.toThrow("is not in the trail");
});
