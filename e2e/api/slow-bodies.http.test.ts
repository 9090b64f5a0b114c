import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { expect, test } from "vitest";
import { makeKey, makePerson, signIn } from "@/test/credentials";
import { makeRun } from "@/test/fixture";
import { useApi } from "@/test/use-api";

const CROWD = 60;
// A single held connection would block everyone.
const api = useApi({ DATABASE_POOL_SIZE: "1" });
const BODY = '{"reason":"stuck for an hour"}';

/** A cancellation whose body arrives only up to its last byte. */
async function beginSlowly(authorization: string) {
  const { baseUrl, database, fixture } = api();
  const id = await makeRun(database.owner, fixture);
  const socket: Socket = connect(Number(new URL(baseUrl).port), "127.0.0.1");
  const heard = { id, socket, text: "" };
  socket.setEncoding("utf8").on("data", (chunk: string) => (heard.text += chunk));
  await once(socket, "connect");
  socket.write(
    `POST /v1/admin/runs/${id}/cancellation HTTP/1.1\r\nHost: 127.0.0.1\r\n${authorization}\r\n` +
      `Content-Length: ${BODY.length}\r\nConnection: close\r\n\r\n${BODY.slice(0, -1)}`,
  );
  return heard;
}

test("bodies that don't arrive: hold no database connection, and are answered once they do", async () => {
  const { database, baseUrl, fixture, call } = api();
  const { owner } = database;
  const key = await makeKey(owner, { ownerId: (await makePerson(owner)).id });
  const slow = await Promise.all(
    Array.from({ length: CROWD }, () => beginSlowly(`Authorization: Bearer ${key.text}`)),
  );
  slow.push(await beginSlowly("X-None: none"));

  // Others read, change and sign in.
  const path = `/v1/admin/runs/${await makeRun(owner, fixture)}/cancellation`;
  expect(await call("POST", path, { headers: key.headers, body: BODY })).toMatchObject({ status: 201 });
  expect(await call("GET", "/v1/admin/runs", key)).toMatchObject({ status: 200 });
  expect(await signIn(baseUrl, await makePerson(owner))).toHaveProperty("Cookie");
  const used = `SELECT state FROM pg_stat_activity
    WHERE application_name = 'runflow-console' AND datname = current_database() AND state <> 'idle'`;
  // Notes on the last use of a key and a session are written after the answer.
  await expect.poll(async () => (await owner.query(used)).rows).toEqual([]);
  expect(slow.map(({ text }) => text)).toEqual(slow.map(() => ""));

  // Control: they were waiting for their last byte alone.
  const closed = slow.map(({ socket }) => once(socket, "close"));
  for (const { socket } of slow) socket.write(BODY.slice(-1));
  await Promise.all(closed);
  const statuses = slow.map(({ text }) => Number(text.split(" ")[1]));
  expect(statuses).toEqual([...Array<number>(CROWD).fill(201), 401]);
});

test("body that breaks off: changes nothing", async () => {
  const { database, call } = api();
  const key = await makeKey(database.owner, { ownerId: (await makePerson(database.owner)).id });
  const { id, socket } = await beginSlowly(`Authorization: Bearer ${key.text}`);
  socket.destroy();
  await once(socket, "close");
  expect(await call("GET", `/v1/runs/${id}`, key)).toMatchObject({ json: { status_code: "running" } });
});
