import { expect, test } from "vitest";
import { useDatabase } from "@/test/database";
import { keepRegistered } from "./keep-registered";

const database = useDatabase();
const rowsOf = async (kind: string) =>
  (await database().owner.query("SELECT * FROM processes WHERE kind = $1 ORDER BY seen_at", [kind])).rows;

const insert = (kind: string, age: string) =>
  `INSERT INTO processes (id, kind, version, revision, host, pid, started_at, seen_at)
   VALUES (uuidv7(), '${kind}', '1', '', 'old', 1, now() - interval '1 day', now() - interval '${age}')`;

test("process: registers, sweeps old ones of its kind only, and removes itself at the end", async () => {
  const { owner, db, workerDb } = database();
  for (const kind of ["web", "worker"])
    for (const age of ["50 minutes", "70 minutes"]) await owner.query(insert(kind, age));
  const stop = new AbortController();
  const kept = keepRegistered(db, "web", stop.signal);
  await expect.poll(async () => (await rowsOf("web")).at(-1)).toMatchObject({ pid: process.pid });
  const [silent, own] = await rowsOf("web");
  expect(silent).toMatchObject({ host: "old" });
  expect(await rowsOf("web")).toHaveLength(2);
  expect(own).toMatchObject({ kind: "web", version: expect.stringMatching(/^\d/), pid: process.pid });
  expect(await rowsOf("worker")).toHaveLength(2);
  stop.abort();
  await kept;
  expect(await rowsOf("web")).toMatchObject([{ host: "old" }]);

  const stopWorker = new AbortController();
  const keptWorker = keepRegistered(workerDb, "worker", stopWorker.signal);
  await expect.poll(async () => (await rowsOf("worker")).at(-1)).toMatchObject({ pid: process.pid });
  expect(await rowsOf("worker")).toHaveLength(2);
  stopWorker.abort();
  await keptWorker;
  expect(await rowsOf("worker")).toHaveLength(1);
});

test("web server: can't register, keep or remove a worker; the control: its own kind works", async () => {
  const { app, owner } = database();
  await expect(app.query(insert("worker", "0 s"))).rejects.toMatchObject({ code: "42501" });
  await app.query(insert("web", "0 s"));
  await owner.query(insert("worker", "0 s"));
  const before = await rowsOf("worker");
  expect((await app.query("UPDATE processes SET seen_at = now() WHERE kind = 'worker'")).rowCount).toBe(0);
  expect((await app.query("DELETE FROM processes WHERE kind = 'worker'")).rowCount).toBe(0);
  expect(await rowsOf("worker")).toEqual(before);
  expect((await app.query("DELETE FROM processes WHERE kind = 'web'")).rowCount).toBeGreaterThan(0);
  await expect(app.query("UPDATE processes SET version = '2'")).rejects.toMatchObject({ code: "42501" });
});
