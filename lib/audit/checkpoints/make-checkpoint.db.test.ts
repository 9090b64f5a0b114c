import { hash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { PrismaClient } from "@/generated/prisma/client";
import { readCheckpoint } from "@/lib/audit/signing/read-checkpoint";
import { makeSigningKey, signNote } from "@/lib/audit/signing/sign-note";
import { findSigner, readVerifierKey } from "@/lib/audit/signing/verifier-key";
import { writeCheckpoint } from "@/lib/audit/signing/write-checkpoint";
import { createClient } from "@/lib/platform/db/client";
import { cloneDatabase, type TestDatabase } from "@/test/database";
import { seedFixture, type Fixture } from "@/test/fixture";
import { growTrail, readTrail } from "@/test/grow-trail";
import { publishKey, signCheckpoint } from "@/test/sign-checkpoint";
import { makeTestSigner, treeRoot } from "@/test/test-signer";
import { verifyDatabase } from "../verify/verify-database";
import { listAuditKeys } from "./list-audit-keys";
import { makeCheckpoint } from "./make-checkpoint";

const [first, second] = [makeSigningKey(Buffer.alloc(32, 1)), makeSigningKey(Buffer.alloc(32, 2))];

let database: TestDatabase;
let fixtures: Fixture[];

beforeEach(async () => {
  database = await cloneDatabase();
  fixtures = await Promise.all([1, 2, 3].map(() => seedFixture(database.owner)));
});
afterEach(() => database.drop());

const make = (keys = [first]) => makeCheckpoint(database.workerDb, keys);
const readNotes = async () =>
  (await database.app.query<{ note: string }>("SELECT note FROM audit_checkpoints ORDER BY number")).rows.map(
    ({ note }) => note,
  );
const verify = () => verifyDatabase(database.appUrl, { keys: [first.verifierKey], copies: [], archives: [] });

test("checkpoint: covers everything sealed; made only if something is new", async () => {
  expect(await make()).toBeUndefined();
  await growTrail(database, fixtures, 5);
  expect(await make()).toEqual({ number: 1, position: 5 });
  expect(await make()).toBeUndefined();
  await growTrail(database, fixtures.slice(0, 1), 2);
  expect(await make()).toEqual({ number: 2, position: 7 });

  const heads = new Map(
    (await readTrail(database.owner)).map(({ org_id, chain }) => [org_id, { org_id, ...chain! }]),
  );
  const inOrder = [...heads.values()].sort((a, b) => (a.org_id < b.org_id ? -1 : 1));
  const newest = readCheckpoint((await readNotes())[1]!)!;
  expect(newest).toMatchObject({
    position: 7,
    number: 2,
    orgs: 3,
    root: treeRoot(inOrder).toString("base64"),
  });
  expect(await verify()).toMatchObject({ holds: true, checked: { checkpoints: 2, covered_position: 7 } });
});

test("two workers at once, while entries arrive: one chain of checkpoints", async () => {
  const other: PrismaClient = createClient({ url: database.workerUrl, poolSize: 5 });
  try {
    const rounds = Array.from({ length: 8 }, async () => {
      await growTrail(database, fixtures, 3).catch(() => {}); // another sealer may have been faster
      await Promise.all([makeCheckpoint(database.workerDb, [first]), makeCheckpoint(other, [first])]);
    });
    await Promise.all(rounds);
    await growTrail(database, fixtures, 3);
    const [one, two] = await Promise.all([
      makeCheckpoint(database.workerDb, [first]),
      makeCheckpoint(other, [first]),
    ]);
    expect([one, two].filter(Boolean)).toHaveLength(1);
  } finally {
    await other.$disconnect();
  }
  const checkpoints = (await readNotes()).map((note) => readCheckpoint(note)!);
  expect(checkpoints.map(({ number }) => number)).toEqual(checkpoints.map((_one, index) => index + 1));
  expect(new Set(checkpoints.map(({ position }) => position)).size).toBe(checkpoints.length);
  expect(await verify()).toMatchObject({ holds: true, checked: { covered_position: 27 } });
});

test("clock set back: never dates a checkpoint before the previous one", async () => {
  const [signer, later] = [makeTestSigner(), "2999-01-01T00:00:00.000+00:00"];
  await growTrail(database, fixtures, 1);
  await publishKey(database.owner, signer);
  await signCheckpoint(database.owner, signer, 1, later);
  await growTrail(database, fixtures, 1);
  await make();
  expect((await readNotes()).map((note) => readCheckpoint(note)!.time)).toEqual([later, later]);
});

test("key rotation: notes have both signatures, and either key verifies them", async () => {
  const [former, latter] = await Promise.all([first, second].map((key) => readVerifierKey(key.verifierKey)));
  const rotation = [
    { keys: [first], good: [former], bad: [latter] },
    { keys: [second, first], good: [former, latter], bad: [] },
    { keys: [second], good: [latter], bad: [former] },
  ];
  for (const [index, { keys, good, bad }] of rotation.entries()) {
    await growTrail(database, fixtures, 1);
    await make(keys);
    const note = readCheckpoint((await readNotes())[index]!)!;
    expect(note.signatures.map(({ keyId }) => keyId)).toEqual(keys.map(({ id }) => id.toString("hex")));
    for (const key of good) expect(await findSigner(note, [key!])).toBe(key);
    for (const key of bad) expect(await findSigner(note, [key!])).toBeUndefined();
  }
  expect((await listAuditKeys(database.db)).map(({ verifier_key }) => verifier_key)).toEqual([
    second.verifierKey,
    first.verifierKey,
  ]);
});

test("rewritten trail: its root differs from the checkpoint's", async () => {
  await growTrail(database, fixtures, 6);
  await make();
  const client = await database.owner.connect();
  try {
    await client.query("SET session_replication_role = replica");
    await client.query("UPDATE audit_seals SET hash = sha256(hash) WHERE position = 6");
  } finally {
    client.release(true);
  }
  const report = await verify();
  expect(report.holds).toBe(false);
  expect(report.findings.map(({ kind }) => kind)).toContain("rewritten");
});

describe("database: refuses", () => {
  let note: string;
  beforeEach(async () => {
    await growTrail(database, fixtures, 4);
    await make();
    await growTrail(database, fixtures, 2);
    [note] = (await readNotes()) as [string];
  });

  const follow = (over: Partial<Parameters<typeof writeCheckpoint>[0]> = {}) =>
    signNote(
      writeCheckpoint({
        position: 6,
        root: Buffer.alloc(32).toString("base64"),
        number: 2,
        orgs: 3,
        time: readCheckpoint(note)!.time,
        previous: hash("sha256", note, "base64"),
        ...over,
      }),
      [first],
    );
  const insert = (text: string, number = 2, position = 6) =>
    database.worker.query("INSERT INTO audit_checkpoints (number, position, note) VALUES ($1, $2, $3)", [
      number,
      position,
      text,
    ]);

  test("a checkpoint without a predecessor", async () => {
    await insert(follow());
    expect(await readNotes()).toHaveLength(2);
  });

  test.each([
    ["a gap", { number: 3 }, 3, 6],
    ["a second first checkpoint", { number: 1, previous: undefined }, 0, 6],
    ["a checkpoint that covers less than the previous", { position: 3 }, 2, 3],
    ["a checkpoint that covers unsealed entries", { position: 7 }, 2, 7],
    [
      "a checkpoint that names another previous note",
      { previous: Buffer.alloc(32).toString("base64") },
      2,
      6,
    ],
    ["a checkpoint that names no previous note", { previous: undefined }, 2, 6],
    ["a checkpoint dated before the previous", { time: "2020-01-01T00:00:00.000+00:00" }, 2, 6],
  ] as const)("%s", async (_what, over, number, position) => {
    await expect(insert(follow({ ...over, number }), number, position)).rejects.toMatchObject({
      constraint: "audit_checkpoints_follow",
    });
  });

  test("a number twice", async () => {
    const again = insert(follow({ number: 1, previous: undefined }), 1);
    await expect(again).rejects.toMatchObject({ constraint: "audit_checkpoints_pkey" });
  });

  test.each([
    ["another number", () => follow({ number: 3 })],
    ["another position", () => follow({ position: 5 })],
    ["another origin", () => follow().replace("runflow-audit/v1", "runflow-audit/v2")],
    ["an extra line", () => follow().replace("orgs 3", "more\norgs 3")],
    ["no signature", () => follow().split("\n\n")[0]! + "\n"],
  ])("a note with %s", async (_what, text) => {
    await expect(insert(text())).rejects.toMatchObject({ code: expect.stringMatching(/^23/) });
  });

  test("a key under another's id", async () => {
    const insertKey = "INSERT INTO audit_keys (id, verifier_key) VALUES ($1, $2)";
    const mixed = [second.id, first.verifierKey.replace(/\+[0-9a-f]{8}\+/, `+${second.id.toString("hex")}+`)];
    await expect(database.worker.query(insertKey, mixed)).rejects.toMatchObject({
      constraint: "audit_keys_id_of_key",
    });
  });

  test.each(["app", "worker", "owner"] as const)("any change by the %s", async (role) => {
    await database.worker.query(
      "INSERT INTO audit_checkpoint_publications (target, number) VALUES ('file:///x/', 1)",
    );
    const publish = "UPDATE audit_checkpoint_publications SET attempts = 1, published_at = now()";
    await database.worker.query(publish);
    for (const sql of [
      "UPDATE audit_checkpoints SET note = note",
      "DELETE FROM audit_checkpoints",
      "TRUNCATE audit_checkpoints CASCADE",
      "UPDATE audit_keys SET first_used_at = now()",
      "DELETE FROM audit_keys",
      "TRUNCATE audit_keys",
      "DELETE FROM audit_checkpoint_publications",
      "TRUNCATE audit_checkpoint_publications",
      `${publish} WHERE number = 1`,
    ]) {
      await expect(database[role].query(sql)).rejects.toMatchObject({ code: "42501" });
    }
    expect(await readNotes()).toEqual([note]);
  });

  test("anything by the web server", async () => {
    for (const sql of [
      "INSERT INTO audit_checkpoints (number, position, note) VALUES (2, 6, '')",
      "INSERT INTO audit_keys (id, verifier_key) VALUES ('', '')",
      "INSERT INTO audit_checkpoint_publications (target, number) VALUES ('x', 1)",
      "UPDATE audit_checkpoint_publications SET published_at = now()",
    ]) {
      await expect(database.app.query(sql)).rejects.toMatchObject({ code: "42501" });
    }
  });
});
