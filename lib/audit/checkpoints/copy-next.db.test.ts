import { createHmac } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { PoolClient } from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { makeSigningKey } from "@/lib/audit/signing/sign-note";
import { runCopier } from "@/lib/platform/jobs/run-copier";
import { useDatabase } from "@/test/database";
import { seedFixture, type Fixture } from "@/test/fixture";
import { growTrail } from "@/test/grow-trail";
import { type Receiver, startReceiver } from "@/test/receiver";
import { copyNext } from "./copy-next";
import { openFileTarget } from "./file-target";
import { openHttpsTarget } from "./https-target";
import { makeCheckpoint } from "./make-checkpoint";
import { OTHER_COPY, type Target } from "./target";

const database = useDatabase();
const key = makeSigningKey(Buffer.alloc(32, 1));
const secret = "s".repeat(32);

let fixture: Fixture;
let folder: string;
let receiver: Receiver;
let client: PoolClient;

beforeAll(async () => {
  fixture = await seedFixture(database().owner);
  receiver = await startReceiver();
  for (let made = 0; made < 3; made++) await grow();
});
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "runflow-copies-"));
  client = await database().worker.connect();
});
afterEach(async () => {
  client.release();
  receiver.behave((_heard, response) => void response.end());
  receiver.heard.length = 0;
  await rm(folder, { recursive: true });
});
afterAll(() => receiver?.close());

async function grow(): Promise<void> {
  await growTrail(database(), [fixture], 1);
  await makeCheckpoint(database().workerDb, [key]);
}

const readNotes = async () =>
  (
    await database().app.query<{ note: string }>("SELECT note FROM audit_checkpoints ORDER BY number")
  ).rows.map(({ note }) => note);
const standing = async ({ name }: Target) =>
  (
    await database().app.query<{ number: number; attempts: number; error: string | null; is_there: boolean }>(
      `SELECT number::int, attempts, last_error AS error, published_at IS NOT NULL AS is_there
       FROM audit_checkpoint_publications WHERE target = $1 ORDER BY number`,
      [name],
    )
  ).rows;
const openFolder = (): Target =>
  openFileTarget({ name: `file://${folder}/`, directory: pathToFileURL(`${folder}/`) });
const openEndpoint = (place: string): Target =>
  openHttpsTarget({
    name: receiver.origin + place,
    url: `${receiver.origin}${place}?token=secret`,
    secret,
    rules: { allowPrivate: true, ports: [443] },
  });
const readCopies = async () => {
  const names = (await readdir(folder)).toSorted();
  const texts = await Promise.all(names.map((name) => readFile(path.join(folder, name), "utf8")));
  return Object.fromEntries(names.map((name, index) => [name, texts[index]]));
};

test("folder: one file per checkpoint, in order, including later ones", async () => {
  const target = openFolder();
  for (const number of [1, 2, 3]) {
    expect(await copyNext(client, target)).toEqual({ outcome: "copied", waitMs: 0, number });
  }
  expect(await copyNext(client, target)).toEqual({ outcome: "complete" });
  await grow();
  expect(await copyNext(client, target)).toMatchObject({ outcome: "copied", number: 4 });
  const notes = await readNotes();
  expect(await readCopies()).toEqual(
    Object.fromEntries(notes.map((note, index) => [`checkpoint-${index + 1}.txt`, note])),
  );
});

test("copy made but not recorded, as after a crash: made again, identical", async () => {
  const target = openFolder();
  const [note] = await readNotes();
  await target.put({ number: 1, note: note! });
  await writeFile(path.join(folder, ".checkpoint-2.txt.part"), "half a no"); // as after a crash while writing
  expect(await standing(target)).toEqual([]);
  for (const number of [1, 2]) {
    expect(await copyNext(client, target)).toMatchObject({ outcome: "copied", number });
  }
  expect(Object.keys(await readCopies())).toEqual(["checkpoint-1.txt", "checkpoint-2.txt"]);
});

test("foreign file: never replaced, and reported", async () => {
  const target = openFolder();
  await writeFile(path.join(folder, "checkpoint-1.txt"), "another file");
  expect(await copyNext(client, target)).toMatchObject({ outcome: "failed", number: 1, error: OTHER_COPY });
  expect(await readCopies()).toMatchObject({ "checkpoint-1.txt": "another file" });
  expect((await standing(target))[0]).toMatchObject({ attempts: 1, error: OTHER_COPY, is_there: false });
});

test("failed copy: retried at its time, nothing skipped", async () => {
  const target = openFolder();
  await rm(folder, { recursive: true });
  const failed = await copyNext(client, target);
  expect(failed).toMatchObject({ outcome: "failed", number: 1, error: "the file can't be written: ENOENT" });
  expect(failed.waitMs).toBeGreaterThan(3_000);
  expect(failed.waitMs).toBeLessThanOrEqual(5_000);
  const waiting = await copyNext(client, target);
  expect(waiting).toMatchObject({ outcome: "waiting" });
  expect(waiting.waitMs).toBeLessThanOrEqual(failed.waitMs!);

  const becomeDue = () =>
    database().worker.query(
      "UPDATE audit_checkpoint_publications SET next_attempt_at = now() WHERE target = $1 AND published_at IS NULL",
      [target.name],
    );
  await becomeDue();
  const again = await copyNext(client, target);
  expect(again).toMatchObject({ outcome: "failed", number: 1 });
  expect(again.waitMs).toBeGreaterThan(7_000);
  await mkdir(folder);
  await becomeDue();
  expect(await copyNext(client, target)).toMatchObject({ outcome: "copied", number: 1 });
  expect((await standing(target))[0]).toEqual({ number: 1, attempts: 3, error: null, is_there: true });
});

test("endpoint: gets the note as signed text, under a stable id", async () => {
  const target = openEndpoint("/vault");
  try {
    receiver.behave((_heard, response) => void response.writeHead(503).end());
    expect(await copyNext(client, target, 0)).toMatchObject({ outcome: "failed", error: "answered 503" });
    receiver.behave((_heard, response) => void response.writeHead(302, { Location: "/elsewhere" }).end());
    expect(await copyNext(client, target, 0)).toMatchObject({
      outcome: "failed",
      error: "redirect_not_followed",
    });
    receiver.behave((_heard, response) => void response.end());
    expect(await copyNext(client, target, 0)).toMatchObject({ outcome: "copied", number: 1 });
  } finally {
    await target.close();
  }
  const [note] = await readNotes();
  expect(receiver.heard).toHaveLength(3);
  for (const { path: place, headers, body } of receiver.heard) {
    expect(place).toBe("/vault?token=secret");
    expect(body.toString()).toBe(note);
    expect(headers).toMatchObject({
      "content-type": "text/plain; charset=utf-8",
      "runflow-request-id": "audit_checkpoint_1",
      "runflow-signature": createHmac("sha256", secret).update(body).digest("hex"),
    });
  }
  expect(target.name).not.toContain("token");
});

test("endpoint in a private network: not called", async () => {
  const settings = { name: "https://vault.internal/", url: "https://vault.internal/", secret };
  const target = openHttpsTarget({ ...settings, rules: { allowPrivate: false, ports: [443] } });
  expect(await copyNext(client, target)).toMatchObject({ outcome: "failed", error: "url_host_not_public" });
  await target.close();
});

test("failing target: doesn't delay others; two workers share the work; a new worker continues", async () => {
  receiver.behave((_heard, response) => void response.writeHead(500).end());
  const { workerUrl, workerDb } = database();
  const start = () => {
    const stop = new AbortController();
    const ended = Promise.all(
      [openFolder(), openEndpoint("/broken")].map((target) =>
        runCopier({ db: workerDb, databaseUrl: workerUrl, target, stop: stop.signal }),
      ),
    );
    return { stop, ended };
  };
  const isThere = async () => (await standing(openFolder())).filter(({ is_there }) => is_there).length;
  const workers = [start(), start()];
  const made = async () => (await readNotes()).length;
  for (const { stop, ended } of workers) {
    await grow();
    await expect.poll(isThere, { timeout: 10_000 }).toBe(await made());
    stop.abort();
    await ended;
  }
  await grow(); // while no worker runs
  expect(await isThere()).toBe((await made()) - 1);
  const later = start();
  await expect.poll(isThere, { timeout: 10_000 }).toBe(await made());
  const known = async () => (await standing(openEndpoint("/broken"))).length;
  await expect.poll(known, { timeout: 10_000 }).toBe(await made());
  later.stop.abort();
  await later.ended;
  expect(Object.values(await readCopies())).toEqual(await readNotes());
  const broken = await standing(openEndpoint("/broken"));
  expect(broken.map(({ number, is_there }) => [number, is_there])).toEqual(
    (await readNotes()).map((_note, index) => [index + 1, false]),
  );
  expect(broken[0]).toMatchObject({ error: "answered 500" });
  expect(broken[1]).toMatchObject({ attempts: 0 });
});
