import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFile, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { PrismaClient } from "@/generated/prisma/client";
import type { AuditEntry } from "@/lib/contract/audit";
import { createClient } from "@/lib/platform/db/client";
import { cloneDatabase, type TestDatabase } from "@/test/database";
import { seedFixture, type Fixture } from "@/test/fixture";
import { readTrail, sealAll } from "@/test/grow-trail";
import { makeTestSigner, type TestSigner, writeCheckpoint } from "@/test/test-signer";
import { verifyDatabase } from "../verify/verify-database";
import { verifyFile } from "../verify/verify-file";
import { dropMonth } from "./drop-month";
import { findRetiredUntil } from "./find-retired-until";
import { addMonths } from "./month";
import { type RetireCommand, retireMonth } from "./retire-month";

let database: TestDatabase;
let db: PrismaClient;
let fixtures: Fixture[];
let folder: string;
let signer: TestSigner;

const now = new Date();
const thisMonth = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth()));
const ago = (months: number): string => addMonths(thisMonth, -months).toISOString().slice(0, 7);
const [OLD, NEXT, RECENT] = [ago(15), ago(14), ago(3)];

beforeEach(async () => {
  database = await cloneDatabase();
  db = createClient({ url: database.ownerUrl, poolSize: 2 });
  folder = await mkdtemp(path.join(tmpdir(), "runflow-retire-"));
  signer = makeTestSigner();
  const { owner } = database;
  await owner.query(`DROP TABLE audit_months.audit_entries_past;
    SELECT make_audit_month(now() - n * interval '1 month') FROM generate_series(1, 15) n`);
  await owner.query("INSERT INTO audit_keys (id, verifier_key) VALUES ($1, $2)", [
    Buffer.from(signer.verifierKey.split("+")[1]!, "hex"),
    signer.verifierKey,
  ]);
  fixtures = [await seedFixture(owner), await seedFixture(owner), await seedFixture(owner)];
  // The previous month ends with an entry committed late, after the next month had begun.
  await write(`${OLD}-02`, 0, 1, 0);
  await write(`${NEXT}-01`, 0);
  await write(`${OLD}-28`, 0);
  await write(`${NEXT}-02`, 1, 2, 0);
  await write(`${RECENT}-02`, 0, 2);
  await signCheckpoint();
});

afterEach(async () => {
  await db.$disconnect();
  await database.drop();
  await rm(folder, { recursive: true });
});

async function write(day: string, ...orgs: number[]): Promise<void> {
  for (const org of orgs) await insert(day, fixtures[org]!.orgId);
  await sealAll(database.worker);
}

const insert = (day: string, orgId: string) =>
  database.owner.query(
    `INSERT INTO audit_entries (org_id, action, occurred_at, actor_type, actor_id, actor_name, target_type, target_id,
       target_label, source, request_id, meta)
     VALUES ($1, 'webhook.tested', $2, 'system', $1, 'x', 'webhook', $1, 'ü', 'system', 'req_x',
       '{"reason": null, "ticket": null, "n": 0.1}')`,
    [orgId, `${day}T12:00:00Z`],
  );

async function signCheckpoint(): Promise<void> {
  const { rows } = await database.owner.query<{ note: string }>(
    "SELECT note FROM audit_checkpoints ORDER BY number",
  );
  const trail = await readTrail(database.owner);
  const number = rows.length + 1;
  const note = writeCheckpoint(trail, { number, previous: rows.at(-1)?.note, signer });
  await database.owner.query("INSERT INTO audit_checkpoints (number, position, note) VALUES ($1, $2, $3)", [
    number,
    trail.length,
    note,
  ]);
}

const retire = (month: string, over: Partial<RetireCommand> = {}) =>
  retireMonth(db, { month, folder, olderThan: 12, now, ...over });

const monthsInTrail = async (): Promise<string[]> =>
  (await readTrail(database.owner)).map(({ occurred_at }) => occurred_at.slice(0, 7));

const retirements = async () =>
  (
    await database.owner.query<{ month: string; first: string; last: string; entries: string; sha: string }>(
      `SELECT to_char(month, 'YYYY-MM') AS month, first_position AS first, last_position AS last, entries,
         encode(file_sha256, 'hex') AS sha FROM audit_retirements ORDER BY 1`,
    )
  ).rows;

async function readArchive(month: string): Promise<AuditEntry[]> {
  const text = await readFile(path.join(folder, `audit-${month}.ndjson`), "utf8");
  return text
    .trimEnd()
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line) as AuditEntry);
}

test("retire month: moves it to a file that verifies alone; keeps its seals", async () => {
  const before = await readTrail(database.owner);
  expect(await findRetiredUntil(database.db)).toBeUndefined();
  const { sha256, wasRetired } = await retire(OLD);
  expect(wasRetired).toBe(false);
  expect(await findRetiredUntil(database.db)).toBe(`${NEXT}-01T00:00:00.000+00:00`);
  expect(await retirements()).toEqual([{ month: OLD, first: "1", last: "5", entries: "4", sha: sha256 }]);
  expect(await monthsInTrail()).toEqual([NEXT, NEXT, NEXT, NEXT, RECENT, RECENT]);
  expect((await database.owner.query("SELECT FROM audit_seals")).rowCount).toBe(before.length);

  const kept = await readArchive(OLD);
  expect(kept).toEqual(before.filter(({ org_id }) => org_id !== fixtures[2]!.orgId));
  const report = await verifyFile(path.join(folder, `audit-${OLD}.ndjson`), {
    keys: [signer.verifierKey],
    copies: [],
  });
  expect(report).toMatchObject({ holds: true, checked: { entries: 8, covered_position: 10 } });

  await sealAll(database.worker);
  const evidence = { keys: [signer.verifierKey], copies: [] };
  const file = path.join(folder, `audit-${OLD}.ndjson`);
  expect(await verifyDatabase(database.appUrl, { ...evidence, archives: [file] })).toMatchObject({
    holds: true,
    checked: { entries: before.length + 1, retired: 0 },
  });
  expect(await verifyDatabase(database.appUrl, { ...evidence, archives: [] })).toMatchObject({
    holds: true,
    checked: { retired: 4 },
  });
  const last = (await readTrail(database.owner)).at(-1)!;
  expect(last).toMatchObject({
    position: before.length + 1,
    action: "audit.month_retired",
    actor: { type: "system" },
    target: { type: "audit", label: OLD },
    meta: { month: OLD, entries: 4, first_position: 1, last_position: 5, file_sha256: sha256, checkpoint: 1 },
  });
});

test("retired entries and their record: nobody can change them", async () => {
  await retire(OLD);
  const table = `audit_retired.audit_entries_${OLD.replace("-", "_")}`;
  for (const sql of [
    `UPDATE ${table} SET meta = '{}'`,
    `DELETE FROM ${table}`,
    `TRUNCATE ${table}`,
    "UPDATE audit_retirements SET entries = 1",
    "DELETE FROM audit_retirements",
    "TRUNCATE audit_retirements",
  ])
    for (const role of [database.owner, database.app, database.worker])
      await expect(role.query(sql)).rejects.toMatchObject({ code: "42501" });
});

test("archive of a later month: includes late entries of the previous month", async () => {
  const before = await readTrail(database.owner);
  await retire(OLD);
  await retire(NEXT);
  expect(await readArchive(NEXT)).toEqual(
    before.slice(3).filter(({ org_id, position }) => org_id !== fixtures[1]!.orgId || position! >= 6),
  );
  const next = await verifyFile(path.join(folder, `audit-${NEXT}.ndjson`), {
    keys: [signer.verifierKey],
    copies: [],
  });
  expect(next.holds).toBe(true);
});

test.each<[string, string, Partial<RetireCommand>, (() => Promise<unknown>) | undefined, string]>([
  ["not a month", "2025-13", {}, undefined, "is not a month"],
  ["not over for long enough", RECENT, {}, undefined, "not been over for 12 months"],
  ["not over", ago(0), { olderThan: 0 }, undefined, "not been over for 0 months"],
  ["without a separate table", "2019-01", {}, undefined, "has no separate table"],
  ["after an older one", NEXT, {}, undefined, `Retire ${OLD} first`],
  ["without entries", ago(13), {}, async () => (await retire(OLD), await retire(NEXT)), "nothing to retire"],
  ["with an unsealed entry", OLD, {}, () => insert(`${OLD}-03`, fixtures[0]!.orgId), "1 of the 5 entries"],
  ["without a checkpoint", OLD, {}, () => write(`${OLD}-03`, 0), "No checkpoint covers"],
])("retire month, %s: refused", async (_which, month, over, prepare, reason) => {
  await prepare?.();
  const [trail, said] = [await readTrail(database.owner), await retirements()];
  await expect(retire(month, over)).rejects.toThrow(reason);
  expect(await readTrail(database.owner)).toEqual(trail);
  expect(await retirements()).toEqual(said);
});

test.each(["surveyed", "written", "checked", "retired"])(
  "retire month again after a crash when %s: completes",
  async (at) => {
    const before = await readTrail(database.owner);
    const onStep = (step: string) => {
      if (step === at) throw new Error("crash");
    };
    await expect(retire(OLD, { onStep })).rejects.toThrow("crash");
    if (at !== "retired") {
      expect(await readTrail(database.owner)).toEqual(before);
      expect(await retirements()).toEqual([]);
    }
    expect((await retire(OLD)).wasRetired).toBe(at === "retired");
    expect(await retirements()).toHaveLength(1);
    expect((await retire(OLD)).wasRetired).toBe(true);
    expect(await readdir(folder)).toEqual([`audit-${OLD}.ndjson`]);
  },
);

test("entry that arrives while its month is being retired: kept; the month can be retired again", async () => {
  await expect(
    retire(OLD, { onStep: async (step) => void (step === "checked" && (await write(`${OLD}-04`, 1))) }),
  ).rejects.toThrow("came late");
  await expect(
    retire(OLD, {
      onStep: async (step) => {
        if (step === "surveyed") await insert(`${OLD}-04`, fixtures[1]!.orgId);
      },
    }),
  ).rejects.toThrow("No checkpoint covers");
  await signCheckpoint();
  await expect(
    retire(OLD, {
      onStep: async (step) => {
        if (step === "checked") await insert(`${OLD}-04`, fixtures[1]!.orgId);
      },
    }),
  ).rejects.toThrow("came late");
  await sealAll(database.worker);
  await signCheckpoint();
  await retire(OLD);
  expect(await retirements()).toMatchObject([{ entries: "6", last: "12" }]);
});

test("archive changed after writing: keeps the month in the trail", async () => {
  const file = path.join(folder, `audit-${OLD}.ndjson`);
  const onStep = async (step: string) => void (step === "written" && (await appendFile(file, "{}\n")));
  await expect(retire(OLD, { onStep })).rejects.toThrow("changed after it was written");
  expect(await monthsInTrail()).toContain(OLD);
});

test("constant readers: not delayed; the month is retired later", async () => {
  const reader = await database.app.connect();
  await reader.query("BEGIN; SELECT FROM audit_entries LIMIT 1");
  await expect(retire(OLD)).rejects.toThrow("lock timeout");
  expect(await retirements()).toEqual([]);
  await reader.query("COMMIT");
  reader.release();
  await retire(OLD);
});

test("drop month: only with its archive, and if no other archive needs it", async () => {
  const table = `audit_retired.audit_entries_${OLD.replace("-", "_")}`;
  const exists = async () =>
    (await database.owner.query("SELECT to_regclass($1) IS NOT NULL AS is", [table])).rows[0] as {
      is: boolean;
    };
  await expect(dropMonth(db, OLD, folder)).rejects.toThrow("has not been retired");
  await retire(OLD);
  await expect(dropMonth(db, OLD, tmpdir())).rejects.toThrow("is not in");
  await expect(dropMonth(db, OLD, folder)).rejects.toThrow(`Retire ${NEXT} first`);
  await retire(NEXT);
  await appendFile(path.join(folder, `audit-${NEXT}.ndjson`), "\n");
  await expect(dropMonth(db, NEXT, folder)).rejects.toThrow("was changed");
  expect(await exists()).toEqual({ is: true });
  expect(await dropMonth(db, OLD, folder)).toBe(true);
  expect(await exists()).toEqual({ is: false });
  expect(await dropMonth(db, OLD, folder)).toBe(false);
});

test("command killed midway: can be run again", async () => {
  const run = async (killAt?: string) => {
    const child = spawn(
      process.execPath,
      ["--import", "tsx", "scripts/audit-retire.ts", OLD, "--to", folder],
      {
        env: { ...process.env, MIGRATE_DATABASE_URL: database.ownerUrl },
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
    let said = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      if (killAt && said.includes(killAt)) child.kill("SIGKILL");
    });
    const [code] = (await once(child, "close")) as [number | null];
    return { code, said };
  };
  expect((await run("written")).code).toBe(null);
  const { code, said } = await run();
  expect(code).toBe(0);
  const [{ sha } = { sha: "" }] = await retirements();
  expect(said).toContain(sha);
  expect(await run()).toMatchObject({ code: 0, said: expect.stringContaining("was already retired") });
});
