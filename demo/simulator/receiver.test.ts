import { createHmac, randomUUID } from "node:crypto";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Misbehaviour } from "@/demo/seed/customers";
import { startReceiver } from "./receiver";
import { RecentIds } from "./recent-ids";

const [OLD, NEW] = ["rf_whs_old", "rf_whs_new"];
const BODY = '{"event":"run.completed","metadata":{"name":"Größe"}}';
const SLOW_MS = 300;
const always = (how: Misbehaviour) => ({ slug: how, secrets: [NEW], misbehaves: { how, share: 1 } });

let receiver: Awaited<ReturnType<typeof startReceiver>>;
beforeAll(async () => {
  const customers = [
    { slug: "rotating", secrets: [OLD, NEW] },
    { slug: "unsigned", secrets: [] },
    { slug: "never", secrets: [NEW], misbehaves: { how: "reset" as const, share: 0 } },
    ...(["slow", "server_error", "reset", "redirect"] as const).map(always),
  ];
  receiver = await startReceiver({ port: 0, customers, slowMs: SLOW_MS });
});
afterAll(() => receiver.close());

const sign = (secret: string, body = BODY) => createHmac("sha256", secret).update(body).digest("hex");

function send(
  path: string,
  signature: string | null,
  { id = randomUUID(), body = BODY, timeoutMs = 5_000 } = {},
) {
  return fetch(`${receiver.origin}${path}`, {
    method: "POST",
    body,
    redirect: "manual",
    signal: AbortSignal.timeout(timeoutMs),
    headers: { "Runflow-Request-Id": id, ...(signature !== null && { "Runflow-Signature": signature }) },
  });
}

describe("a customer's endpoint", () => {
  it.each([OLD, NEW])(
    "accepts the signature of %s: both secrets are valid during a rotation",
    async (secret) => {
      expect((await send("/rotating/callbacks", sign(secret))).status).toBe(204);
    },
  );

  it.each([
    ["another secret's signature", sign("rf_whs_other")],
    ["another body's signature", sign(NEW, `${BODY} `)],
    ["an uppercase one", sign(NEW).toUpperCase()],
    ["one with a prefix", `sha256=${sign(NEW)}`],
    ["a short one", sign(NEW).slice(1)],
    ["none", null],
  ])("refuses %s", async (_what, signature) => {
    expect((await send("/rotating/callbacks", signature)).status).toBe(401);
  });

  it("without secrets: accepts everything", async () => {
    expect((await send("/unsigned/callbacks", null)).status).toBe(204);
  });

  it("recognizes repeats by ID, per customer", async () => {
    const id = randomUUID();
    const statuses = [];
    for (const path of ["/rotating/callbacks", "/rotating/callbacks", "/unsigned/callbacks"]) {
      statuses.push((await send(path, sign(NEW), { id })).status);
    }
    expect(statuses).toEqual([204, 200, 204]);
  });

  it("refuses a body over a megabyte, and keeps working", async () => {
    const body = "x".repeat(1024 * 1024 + 1);
    expect((await send("/rotating/callbacks", sign(NEW, body), { body })).status).toBe(413);
    expect((await send("/rotating/callbacks", sign(NEW))).status).toBe(204);
  });

  it("refuses other paths and methods", async () => {
    expect((await send("/nobody/callbacks", sign(NEW))).status).toBe(404);
    expect((await fetch(`${receiver.origin}/rotating/callbacks`)).status).toBe(405);
  });

  it("survives senders that disconnect or don't speak HTTP", async () => {
    const say = (text: string) =>
      new Promise<void>((resolve) => {
        const socket = connect(Number(new URL(receiver.origin).port), "127.0.0.1", () => socket.end(text));
        socket.resume().once("close", () => resolve());
      });
    await say("POST /rotating/callbacks HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhalf");
    await say("\0\0no http at all\r\n\r\n");
    expect((await send("/rotating/callbacks", sign(NEW))).status).toBe(204);
  });
});

describe("a misbehaving endpoint", () => {
  it("answers 500", async () => {
    expect((await send("/server_error/callbacks", sign(NEW))).status).toBe(500);
  });

  it("redirects to a private address", async () => {
    const answer = await send("/redirect/callbacks", sign(NEW));
    expect(answer.status).toBe(302);
    expect(answer.headers.get("location")).toMatch(/^http:\/\/169\.254\.169\.254\//);
  });

  it("resets the connection", async () => {
    await expect(send("/reset/callbacks", sign(NEW))).rejects.toMatchObject({
      cause: { code: "ECONNRESET" },
    });
  });

  it("responds after its sender's timeout", async () => {
    await expect(send("/slow/callbacks", sign(NEW), { timeoutMs: SLOW_MS / 2 })).rejects.toThrow(/timeout/);
    expect((await send("/slow/callbacks", sign(NEW))).status).toBe(204);
  });

  it("misbehaves only for its share of requests", async () => {
    expect((await send("/never/callbacks", sign(NEW))).status).toBe(204);
  });

  it("checks the signature first", async () => {
    expect((await send("/redirect/callbacks", sign(OLD))).status).toBe(401);
  });
});

it("recent IDs: keeps only the newest", () => {
  const ids = new RecentIds(2);
  expect(["a", "b", "a", "c", "a"].map((id) => ids.add(id))).toEqual([true, true, false, true, true]);
});
