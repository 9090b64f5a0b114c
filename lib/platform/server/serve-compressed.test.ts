import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { compressBuild } from "./compress-build";
import { serveCompressed } from "./serve-compressed";

const SCRIPT = "const a = 1;\n".repeat(500);
let folder: string;
let server: Server;
let base: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "runflow-brotli-"));
  await mkdir(path.join(folder, "static/chunks"), { recursive: true });
  await writeFile(path.join(folder, "static/chunks/large.js"), SCRIPT);
  await writeFile(path.join(folder, "static/chunks/small.js"), "a");
  await compressBuild(folder);
  const serve = await serveCompressed(folder);
  server = createServer((request, response) => {
    if (!serve(request, response)) response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/_next/static/chunks`;
});
afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

test("serve compressed: a script, byte for byte", async () => {
  const answer = await fetch(`${base}/large.js?v=1`, { headers: { "Accept-Encoding": "gzip, br" } });
  expect(answer.headers.get("content-encoding")).toBe("br");
  expect(Number(answer.headers.get("content-length"))).toBeLessThan(200);
  expect(answer.headers.get("cache-control")).toContain("immutable");
  expect(await answer.text()).toBe(SCRIPT);
});

test.each([
  ["large.js", "gzip"],
  ["large.js", "br;q=0"],
  ["small.js", "br"],
  ["none.js", "br"],
  ["../../../etc/passwd", "br"],
])("serve compressed: doesn't handle %s with %s", async (name, encoding) => {
  expect((await fetch(`${base}/${name}`, { headers: { "Accept-Encoding": encoding } })).status).toBe(404);
});
