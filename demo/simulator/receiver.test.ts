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
    "takes what %s signed, both being valid while they are changed over",
    async (secret) => {
      expect((await send("/rotating/callbacks", sign(secret))).status).toBe(204);
    },
  );

  it.each([
    ["another secret's signature", sign("rf_whs_other")],
    ["another body's signature", sign(NEW, `${BODY} `)],
    ["one in upper case", sign(NEW).toUpperCase()],
    ["one with a prefix", `sha256=${sign(NEW)}`],
    ["one that is too short", sign(NEW).slice(1)],
    ["none", null],
  ])("refuses %s", async (_what, signature) => {
    expect((await send("/rotating/callbacks", signature)).status).toBe(401);
  });

  it("takes everything where there is no secret to sign with", async () => {
    expect((await send("/unsigned/callbacks", null)).status).toBe(204);
  });

  it("knows what it has had already, by its id, for each customer apart", async () => {
    const id = randomUUID();
    const statuses = [];
    for (const path of ["/rotating/callbacks", "/rotating/callbacks", "/unsigned/callbacks"]) {
      statuses.push((await send(path, sign(NEW), { id })).status);
    }
    expect(statuses).toEqual([204, 200, 204]);
  });

  it("refuses a body beyond a megabyte, and goes on working", async () => {
    const body = "x".repeat(1024 * 1024 + 1);
    expect((await send("/rotating/callbacks", sign(NEW, body), { body })).status).toBe(413);
    expect((await send("/rotating/callbacks", sign(NEW))).status).toBe(204);
  });

  it("has neither other paths nor other methods", async () => {
    expect((await send("/nobody/callbacks", sign(NEW))).status).toBe(404);
    expect((await fetch(`${receiver.origin}/rotating/callbacks`)).status).toBe(405);
  });

  it("outlives senders who break off or don't speak HTTP", async () => {
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

describe("an endpoint that misbehaves", () => {
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

  it("answers later than its sender waits", async () => {
    await expect(send("/slow/callbacks", sign(NEW), { timeoutMs: SLOW_MS / 2 })).rejects.toThrow(/timeout/);
    expect((await send("/slow/callbacks", sign(NEW))).status).toBe(204);
  });

  it("does so for its share of the requests only", async () => {
    expect((await send("/never/callbacks", sign(NEW))).status).toBe(204);
  });

  it("looks at the signature first", async () => {
    expect((await send("/redirect/callbacks", sign(OLD))).status).toBe(401);
  });
});

it("remembers a limited number of ids, the newest", () => {
  const ids = new RecentIds(2);
  expect(["a", "b", "a", "c", "a"].map((id) => ids.add(id))).toEqual([true, true, false, true, true]);
});
