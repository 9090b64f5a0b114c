import { once } from "node:events";
import { connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cloneDatabase, type TestDatabase } from "@/test/database";
import { startServers, type TestServerProcess } from "@/test/server";

let database: TestDatabase;
let server: TestServerProcess;

beforeAll(async () => {
  database = await cloneDatabase();
  [server] = (await startServers({ databaseUrl: database.appUrl })) as [TestServerProcess];
});

afterAll(async () => {
  await server?.stop();
  await database?.drop();
});

test("server shutdown: completes running requests and accepts no new ones", async () => {
  const { port, host } = new URL(server.baseUrl);
  const socket = connect(Number(port), "127.0.0.1");
  let answer = "";
  socket.setEncoding("utf8").on("data", (text: string) => (answer += text));
  const closed = once(socket, "close");
  const path = "/v1/admin/runs/01a2107c-b90e-7e59-bdb0-ed5c0021c5b7/cancellation";
  // With an Expect header the server reports that it has begun the request.
  socket.write(`POST ${path} HTTP/1.1\r\nHost: ${host}\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n`);
  await once(socket, "data");
  expect(answer).toMatch(/^HTTP\/1\.1 100 /);

  const stopped = server.stop();
  await expect
    .poll(() =>
      fetch(`${server.baseUrl}/v1/health`).then(
        (response) => response.status,
        () => "refused",
      ),
    )
    .toBe("refused");
  answer = "";
  socket.write("{}");
  await Promise.all([closed, stopped]);
  expect(answer).toMatch(/^HTTP\/1\.1 401 /);
  expect(answer).toContain("UNAUTHORIZED");
});
