import { once } from "node:events";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import tls from "node:tls";
import { generate } from "selfsigned";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createGuardedAgent } from "./guarded-agent";
import { sendDelivery } from "./send-delivery";

/** The certificate's name; in this process, both names resolve to the receiver. */
const HOST = "hooks.customer.example";

let server: Server;
let port: number;
const names: unknown[] = [];
const trusted = tls.getCACertificates("default");

beforeAll(async () => {
  const extensions = [
    { name: "basicConstraints" as const, cA: true },
    { name: "subjectAltName" as const, altNames: [{ type: 2 as const, value: HOST }] },
  ];
  const { cert, private: key } = await generate([{ name: "commonName", value: HOST }], { extensions });
  server = createServer({ cert, key }, (_request, response) => void response.end("thank you"));
  server.on("secureConnection", (socket) => names.push(socket.servername));
  await once(server.listen(0, "127.0.0.1"), "listening");
  port = (server.address() as AddressInfo).port;
  tls.setDefaultCACertificates([...trusted, cert]);
});
afterAll(() => {
  tls.setDefaultCACertificates(trusted);
  server.close();
});

async function send(host: string) {
  const rules = { allowPrivate: true, ports: [port] };
  const agent = createGuardedAgent({
    allowPrivate: true,
    timeoutMs: 2_000,
    resolve: (_name, _options, callback) => callback(null, [{ address: "127.0.0.1", family: 4 }]),
  });
  const url = `https://${host}:${port}/hook`;
  const outcome = await sendDelivery({ id: "id", url, body: "{}", secret: null }, { agent, rules });
  await agent.destroy();
  return outcome;
}

test("trusted certificate for the host: delivered under that name", async () => {
  expect(await send(HOST)).toMatchObject({ isDelivered: true, status: 200, responseBody: "thank you" });
  expect(names).toEqual([HOST]);
});

test("certificate for another host: refused", async () => {
  expect(await send("hooks.other.example")).toMatchObject({ isDelivered: false, error: "tls_failed" });
});

test("untrusted certificate: refused", async () => {
  const ours = tls.getCACertificates("default");
  tls.setDefaultCACertificates(trusted);
  try {
    expect(await send(HOST)).toMatchObject({ isDelivered: false, error: "tls_failed" });
  } finally {
    tls.setDefaultCACertificates(ours);
  }
});
