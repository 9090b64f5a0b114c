import { mkdtemp, rm, stat } from "node:fs/promises";
import { createServer } from "node:net";
import { once } from "node:events";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { keepReceiverPort } from "./receiver-port";

const HOST = "127.0.0.1";
let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "receiver-"));
  file = path.join(folder, "receiver.json");
});
afterEach(() => rm(folder, { recursive: true }));

it("stays the same across starts, outside the ephemeral ports", async () => {
  const port = await keepReceiverPort(file, HOST);
  expect(port).toBeGreaterThanOrEqual(20_000);
  expect(port).toBeLessThan(30_000);
  expect(await keepReceiverPort(file, HOST)).toBe(port);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

it("taken: a one-sentence error; RECEIVER_PORT chooses another", async () => {
  const port = await keepReceiverPort(file, HOST);
  const server = createServer().listen(port, HOST);
  await once(server, "listening");
  await expect(keepReceiverPort(file, HOST)).rejects.toThrow(
    `Port ${port}, for the demo's customers, is taken. Free it, or choose another with RECEIVER_PORT.`,
  );
  const other = port === 29_999 ? port - 1 : port + 1;
  expect(await keepReceiverPort(file, HOST, String(other))).toBe(other);
  server.close();
  expect(await keepReceiverPort(file, HOST)).toBe(other);
});
