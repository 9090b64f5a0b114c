import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import S3rver from "s3rver";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { openS3Target } from "./s3-target";
import { OTHER_COPY } from "./target";

const CREDENTIALS = { accessKeyId: "S3RVER", secretAccessKey: "S3RVER" };

let folder: string;
let server: Server;
let endpoint: string;
let heard: { method: string; url: string; headers: IncomingHttpHeaders }[] = [];
/** Replaces S3rver's responses, because it supports neither locks nor conditional PUTs. */
let instead: { status: number; code: string } | undefined;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "runflow-s3-"));
  const s3 = new S3rver({
    directory: folder,
    silent: true,
    configureBuckets: [{ name: "checkpoints", configs: [] }],
  });
  await s3.configureBuckets();
  const serve = s3.callback();
  server = createServer((request, response) => {
    heard.push({ method: request.method!, url: request.url!, headers: request.headers });
    if (request.method !== "PUT" || !instead) return serve(request, response);
    request.resume();
    const { status, code } = instead;
    response.writeHead(status, { "Content-Type": "application/xml" });
    response.end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>secret text</Message></Error>`);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  vi.stubEnv("AWS_ACCESS_KEY_ID", CREDENTIALS.accessKeyId);
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", CREDENTIALS.secretAccessKey);
});
afterEach(() => {
  heard = [];
  instead = undefined;
});
afterAll(async () => {
  vi.unstubAllEnvs();
  server?.close();
  await rm(folder, { recursive: true });
});

const open = (lock?: { mode: "COMPLIANCE"; retainDays: number }, bucket = "checkpoints") =>
  openS3Target({ kind: "s3", name: "s3", bucket, prefix: "audit/", region: "eu-central-1", endpoint, lock });

async function read(key: string): Promise<string | undefined> {
  const client = new S3Client({
    region: "eu-central-1",
    endpoint,
    forcePathStyle: true,
    credentials: CREDENTIALS,
  });
  const { Body } = await client.send(new GetObjectCommand({ Bucket: "checkpoints", Key: key }));
  client.destroy();
  return Body?.transformToString();
}

test("object: can't be replaced or deleted during its retention", async () => {
  const target = await open({ mode: "COMPLIANCE", retainDays: 400 });
  const note = "runflow-audit/v1\n…\n";
  const before = Date.now();
  await target.put({ number: 7, note });
  expect(await read("audit/checkpoint-7.txt")).toBe(note);
  const { headers } = heard[0]!;
  expect(headers).toMatchObject({
    "if-none-match": "*",
    "x-amz-object-lock-mode": "COMPLIANCE",
    "x-amz-checksum-sha256": expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/),
    "content-length": String(Buffer.byteLength(note)),
  });
  const until = Date.parse(String(headers["x-amz-object-lock-retain-until-date"]));
  expect(until).toBeGreaterThanOrEqual(Math.floor(before / 1000) * 1000 + 400 * 86_400_000);
  expect(until).toBeLessThanOrEqual(Date.now() + 400 * 86_400_000);
  await target.close();
});

test("no retention configured: no lock, but still never replaced", async () => {
  const target = await open();
  await target.put({ number: 8, note: "one" });
  const { headers } = heard[0]!;
  expect(headers).toMatchObject({ "if-none-match": "*" });
  expect(Object.keys(headers).filter((name) => name.includes("lock"))).toEqual([]);
  await target.close();
});

test("existing object: accepted if identical, reported otherwise", async () => {
  const target = await open();
  await target.put({ number: 9, note: "the note" });
  instead = { status: 412, code: "PreconditionFailed" };
  await target.put({ number: 9, note: "the note" });
  expect(heard.map(({ method }) => method)).toEqual(["PUT", "PUT", "GET"]);
  await expect(target.put({ number: 9, note: "another note" })).rejects.toThrow(OTHER_COPY);
  await target.close();
});

test("error: reported by S3's code, and tried once", async () => {
  const target = await open();
  instead = { status: 403, code: "AccessDenied" };
  await expect(target.put({ number: 1, note: "x" })).rejects.toThrow(/^answered 403: AccessDenied$/);
  expect(heard).toHaveLength(1);
  await target.close();
  instead = undefined;
  const elsewhere = await open(undefined, "no-such-bucket");
  await expect(elsewhere.put({ number: 1, note: "x" })).rejects.toThrow(/^answered 404: NoSuchBucket$/);
  await elsewhere.close();
});
