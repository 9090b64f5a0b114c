import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { writeEntry } from "@/lib/audit/trail/write-entry";
import type { ActorSnapshot } from "@/lib/states/audit-entry";
import { PLATFORM_ORG_ID } from "@/lib/states/platform-org";
import { cloneDatabase, type TestDatabase } from "@/test/database";
import { seedFixture, TEST_CONTEXT } from "@/test/fixture";
import { growTrail, readTrail, sealAll } from "@/test/grow-trail";
import { publishKey, signCheckpoint } from "@/test/sign-checkpoint";
import { makeTestSigner, writeExport } from "@/test/test-signer";
import type { Report } from "./report";
import { verifyDatabase } from "./verify-database";

const SYSTEM: ActorSnapshot = {
  type: "system",
  id: PLATFORM_ORG_ID,
  name: "npm run audit:retire",
  email: null,
  role: null,
  keyPrefix: null,
};

let database: TestDatabase;
let folder: string;
let archive: string[];
let month: string;

/** Three entries of an old month and three of now; the old month is retired, and its archive kept. */
beforeEach(async () => {
  database = await cloneDatabase();
  folder = await mkdtemp(path.join(tmpdir(), "runflow-retired-"));
  const { owner } = database;
  const fixtures = [await seedFixture(owner), await seedFixture(owner)];
  await owner.query(`DROP TABLE audit_months.audit_entries_past;
    SELECT make_audit_month(now() - n * interval '1 month') FROM generate_series(1, 3) n`);
  await growTrail(database, fixtures, 1);
  const { rows } = await owner.query<{ month: string }>(
    `INSERT INTO audit_entries SELECT (jsonb_populate_record(e, jsonb_build_object('id', uuidv7(),
       'occurred_at', date_trunc('month', now()) - interval '2 months' + n * interval '1 day'))).*
     FROM audit_entries e, generate_series(1, 3) n RETURNING to_char(occurred_at, 'YYYY-MM') AS month`,
  );
  month = rows[0]!.month;
  await sealAll(database.worker);
  await growTrail(database, fixtures, 2);
  const signer = makeTestSigner();
  await publishKey(owner, signer);
  const note = await signCheckpoint(owner, signer);
  const trail = await readTrail(owner);
  archive = writeExport(trail, [fixtures[0]!.orgId], { note, signer });
  await owner.query(
    `ALTER TABLE audit_entries DETACH PARTITION audit_months.audit_entries_${month.replace("-", "_")}`,
  );
});

afterEach(async () => {
  await database.drop();
  await rm(folder, { recursive: true });
});

/** Records a retirement, with or without its audit entry. */
async function retire(entries = 3, firstPosition = 2, lastPosition = 4, isAnnounced = true): Promise<void> {
  const sum = createHash("sha256")
    .update(archive.join("\n") + "\n")
    .digest();
  await database.owner.query(
    `INSERT INTO audit_retirements (month, first_position, last_position, entries, file_sha256, checkpoint)
     VALUES ($1, $2, $3, $4, $5, 1)`,
    [`${month}-01`, firstPosition, lastPosition, entries, sum],
  );
  if (!isAnnounced) return;
  await writeEntry(database.db, {
    caller: { actor: SYSTEM },
    context: TEST_CONTEXT,
    orgId: PLATFORM_ORG_ID,
    action: "audit.month_retired",
    target: { type: "audit", id: PLATFORM_ORG_ID, label: month },
    meta: {
      month,
      entries,
      first_position: firstPosition,
      last_position: lastPosition,
      file_sha256: sum.toString("hex"),
      checkpoint: 1,
    },
  });
  await sealAll(database.worker);
}

async function verify(lines?: string[]): Promise<Report> {
  const file = path.join(folder, "audit.ndjson");
  if (lines) await writeFile(file, lines.join("\n") + "\n");
  return verifyDatabase(database.appUrl, { keys: [], copies: [], archives: lines ? [file] : [] });
}
const kindsOf = ({ findings }: Report) => findings.map(({ kind }) => kind);

test("retired month: verified by its seals, and by its archive if given", async () => {
  await retire();
  expect(await verify()).toMatchObject({ holds: true, checked: { entries: 4, links: 7, retired: 3 } });
  expect(await verify(archive)).toMatchObject({ holds: true, checked: { entries: 7, links: 7, retired: 0 } });
});

test("archive with an edited entry: not verified", async () => {
  await retire();
  const index = archive.findIndex((line) => line.includes('"position":3'));
  const report = await verify(archive.with(index, archive[index]!.replace("Reason 0", "Season 0")));
  expect(report.findings).toMatchObject([{ kind: "edited", count: 2, first: { position: 3 } }]);
  expect(kindsOf(await verify(archive.toSpliced(0, 1)))).toEqual(["edited"]);
});

test("archive with other lines, or cut off: reported as another file", async () => {
  await retire();
  for (const lines of [["{", ...archive], archive.slice(0, 2), [...archive.slice(0, 2), "x"]]) {
    expect(kindsOf(await verify(lines))).toEqual(["edited"]);
  }
});

test("month retired without its entry: reported as missing", async () => {
  await retire(3, 2, 4, false);
  const { holds, findings } = await verify(archive);
  expect(holds).toBe(false);
  expect(findings).toMatchObject([
    {
      kind: "missing_entry",
      first: { position: 2, message: `${month} is recorded as retired, but the trail has no entry about it` },
    },
  ]);
});

test("missing month without a record: reported as missing", async () => {
  const report = await verify();
  expect(report.findings).toMatchObject([{ kind: "missing_entry", count: 3, first: { position: 2 } }]);
});

test.each([
  ["fewer", [2, 2, 3]],
  ["more", [4, 1, 4]],
] as const)("month recorded with %s entries than are missing: not verified", async (_name, row) => {
  await retire(...row);
  expect(kindsOf(await verify())).toEqual(["missing_entry"]);
});
