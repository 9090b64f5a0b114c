import type { LookupAddress } from "node:dns";
import type { Agent } from "undici";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Receiver, startReceiver } from "@/test/receiver";
import { createGuardedAgent, type Resolve } from "./guarded-agent";
import { sendDelivery } from "./send-delivery";
import type { TargetRules } from "./target-url";

let receiver: Receiver;
let port: string;
let connectionsBefore = 0;
/** The receiver speaks no TLS, so requests may never arrive; its connections show whether it was reached. */
const wasReached = () => receiver.connections() > connectionsBefore;
beforeAll(async () => {
  receiver = await startReceiver();
  port = new URL(receiver.origin).port;
});
afterAll(() => receiver.close());

const agents: Agent[] = [];
afterEach(async () => {
  receiver.heard.length = 0;
  connectionsBefore = receiver.connections();
  await Promise.all(agents.splice(0).map((agent) => agent.destroy()));
});

/** Sends to a URL whose names resolve as given. The port is allowed, so only the guard can refuse. */
function send(url: string, resolve?: Resolve, rules: Partial<TargetRules> = {}) {
  const all = { allowPrivate: false, ports: [Number(port), 443], ...rules };
  const agent = createGuardedAgent({ ...all, timeoutMs: 2_000, ...(resolve && { resolve }) });
  agents.push(agent);
  return sendDelivery({ id: "id", url, body: "{}", secret: null }, { agent, rules: all, timeoutMs: 2_000 });
}

const at = (...addresses: string[]): LookupAddress[] =>
  addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
const resolveTo =
  (...addresses: string[]): Resolve =>
  (_name, _options, callback) =>
    callback(null, at(...addresses));

test("control: with private targets allowed, reaches this test's server", async () => {
  const allowed = { allowPrivate: true };
  expect(await send(`http://127.0.0.1:${port}/`, undefined, allowed)).toMatchObject({ isDelivered: true });
  expect(await send(`http://hooks.example.com:${port}/`, resolveTo("127.0.0.1"), allowed)).toMatchObject({
    isDelivered: true,
  });
  expect(receiver.heard).toHaveLength(2);
  const count = receiver.connections();
  const secure = await send(`https://hooks.example.com:${port}/`, resolveTo("127.0.0.1"), allowed);
  expect(secure).toMatchObject({ isDelivered: false, error: expect.stringMatching(/tls_failed|connection/) });
  expect(receiver.connections()).toBeGreaterThan(count);
});

describe("literal address: refused before connecting", () => {
  test.each([
    "127.0.0.1",
    "127.1",
    "2130706433",
    "0x7f000001",
    "0177.0.0.1",
    "0",
    "0.0.0.0",
    "[::1]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]",
    "[fe80::1]",
    "[fd00::1]",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.0.1",
    "100.64.0.1",
    "169.254.169.254",
    "[fd00:ec2::254]",
    "168.63.129.16",
    "224.0.0.1",
    "255.255.255.255",
    "localhost",
    "a.localhost",
    "metadata.google.internal",
    "user@127.0.0.1",
    "hooks.example.com@127.0.0.1",
  ])("%s", async (host) => {
    const outcome = await send(`https://${host}:${port}/`, resolveTo("127.0.0.1"));
    expect(outcome).toMatchObject({ isDelivered: false, isFinal: true, status: null });
    expect(outcome.error).toMatch(/^url_/);
    expect(wasReached()).toBe(false);
  });

  test("plain http, and another port", async () => {
    expect(await send(`http://hooks.example.com:${port}/`)).toMatchObject({ error: "url_scheme" });
    expect(await send("https://hooks.example.com:22/")).toMatchObject({ error: "url_port" });
  });
});

describe("name: refused by its resolved address", () => {
  test.each([
    "127.0.0.1",
    "0.0.0.0",
    "10.1.2.3",
    "172.31.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.100.100.200",
    "168.63.129.16",
    "224.0.0.1",
    "::1",
    "::ffff:127.0.0.1",
    "fe80::1",
    "fd00::1",
    "64:ff9b::a00:1",
    "2002:7f00:1::",
  ])("%s", async (address) => {
    const outcome = await send(`https://hooks.example.com:${port}/`, resolveTo(address));
    expect(outcome).toMatchObject({ isDelivered: false, isFinal: false, error: "private_address" });
    expect(wasReached()).toBe(false);
  });

  test("a name with only private addresses", async () => {
    const outcome = await send(`https://hooks.example.com:${port}/`, resolveTo("127.0.0.1", "::1"));
    expect(outcome.error).toBe("private_address");
    expect(wasReached()).toBe(false);
  });

  test("DNS rebinding: public when checked, loopback when connected", async () => {
    const asked: string[] = [];
    const rebind: Resolve = (name, _options, callback) => {
      asked.push(name);
      callback(null, asked.length === 1 ? at("8.8.8.8") : at("127.0.0.1"));
    };
    // As at creation: the name looks fine and resolves to a public address.
    rebind("hooks.example.com", { all: true }, () => {});
    const outcome = await send(`https://hooks.example.com:${port}/`, rebind);
    expect(asked).toHaveLength(2); // a single lookup for the connection, so the address can't change
    expect(outcome.error).toBe("private_address");
    expect(wasReached()).toBe(false);
  });
});

test("redirect to a private address: not followed", async () => {
  const inner = await startReceiver();
  receiver.behave((_heard, response) => void response.writeHead(307, { Location: `${inner.origin}/` }).end());
  const outcome = await send(`http://127.0.0.1:${port}/`, undefined, { allowPrivate: true });
  expect(outcome).toMatchObject({ isDelivered: false, status: 307, error: "redirect_not_followed" });
  expect(inner.heard).toEqual([]);
  await inner.close();
});
