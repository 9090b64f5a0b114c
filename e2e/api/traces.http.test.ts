import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { reportAsProvider } from "@/e2e/browser/provider-report";
import type { Run } from "@/lib/contract/runs";
import { callHttp } from "@/test/call-http";
import { type Key, makeKey, makePerson, type Person, type SessionHeaders, signIn } from "@/test/credentials";
import { makeRunWithCallback, makeWebhook } from "@/test/deliveries";
import { type Mailbox, openMailbox } from "@/test/mailbox";
import { type Receiver, startReceiver } from "@/test/receiver";
import { startServers, type TestServerProcess } from "@/test/server";
import { useApi } from "@/test/use-api";
import { startWorker, type TestWorkerProcess } from "@/test/worker";

type Attribute = { key: string; value: { stringValue?: string; intValue?: number } };
type Span = {
  service: string;
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  attributes: Record<string, string | number>;
  status: { code?: number; message?: string };
};
type Export = {
  resourceSpans: {
    resource: { attributes: Attribute[] };
    scopeSpans: { spans: (Omit<Span, "attributes" | "service"> & { attributes: Attribute[] })[] }[];
  }[];
};

/** A collector: what our processes sent to it. */
const spans: Span[] = [];
let texts = "";
const addresses = new Set<string>();
let collector: Server;
const REPORT_IMPORTS = `--import=${path.resolve("test/report-imports.mjs")}`;
const api = useApi({ NODE_OPTIONS: REPORT_IMPORTS });
let web: TestServerProcess;
let worker: TestWorkerProcess;
let mailbox: Mailbox;
let receiver: Receiver;
let person: Person;
let session: SessionHeaders;
let key: Key;

const read = async (request: IncomingMessage): Promise<string> => {
  let text = "";
  for await (const chunk of request.setEncoding("utf8")) text += String(chunk);
  return text;
};

const byKey = (attributes: Attribute[]) =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue ?? Number(value.intValue)]));

beforeAll(async () => {
  collector = createServer(async (request, response) => {
    const text = await read(request);
    texts += text;
    addresses.add(`${request.url} ${request.headers["content-type"]}`);
    for (const { resource, scopeSpans } of (JSON.parse(text) as Export).resourceSpans) {
      const service = String(byKey(resource.attributes)["service.name"]);
      for (const span of scopeSpans.flatMap((scope) => scope.spans))
        spans.push({ ...span, service, attributes: byKey(span.attributes) });
    }
    response.setHeader("Content-Type", "application/json").end("{}");
  });
  await new Promise<void>((resolve) => collector.listen(0, "127.0.0.1", resolve));
  const { port } = collector.address() as AddressInfo;
  [mailbox, receiver] = await Promise.all([openMailbox(), startReceiver()]);
  const env = {
    SMTP_URL: mailbox.url,
    MAIL_FROM: "console@runflow.example",
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
    NODE_OPTIONS: REPORT_IMPORTS,
  };
  const { database } = api();
  person = await makePerson(database.owner, { role: "admin" });
  key = await makeKey(database.owner, { ownerId: person.id });
  [web] = (await startServers({ databaseUrl: database.appUrl, env })) as [TestServerProcess];
  worker = await startWorker(database.workerUrl, env);
  session = await signIn(web.baseUrl, person);
});

afterAll(async () => {
  await Promise.all([web?.stop(), worker?.stop()]);
  await Promise.all([mailbox?.close(), receiver?.close()]);
  collector?.close();
});

const SECRET_REASON = "the account manager asked about invoice 77-3141";

type Sent = { headers?: Record<string, string> };
async function cancel({ headers }: Sent = {}) {
  const { database, fixture } = api();
  const id = await makeRunWithCallback(database.owner, fixture, `${receiver.origin}/callback`);
  const reply = await callHttp(web.baseUrl, "POST", `/v1/admin/runs/${id}/cancellation`, {
    headers: { ...key.headers, ...headers, "Content-Type": "application/json" },
    body: JSON.stringify({ reason: SECRET_REASON }),
  });
  expect(reply.status).toBe(201);
  return { id, requestId: String(reply.headers["runflow-request-id"]) };
}

const of = (requestId: string) =>
  spans.filter(({ attributes }) => attributes["runflow.request_id"] === requestId);

/** Waits for the seal's span, the last of a cancel. */
const waitForSeal = (requestId: string): Promise<Span> =>
  expect
    .poll(() => of(requestId).find(({ name }) => name === "seal"), { timeout: 30_000, interval: 50 })
    .toBeDefined()
    .then(() => of(requestId).find(({ name }) => name === "seal")!);

test("one cancel: request, verb and statements in the web server, its seal in the worker, in one trace", async () => {
  const { requestId } = await cancel();
  const seal = await waitForSeal(requestId);
  expect(seal).toMatchObject({ service: "runflow-worker", attributes: { "runflow.entries": 1 } });
  await expect
    .poll(() => of(requestId).map(({ name }) => name), { timeout: 30_000 })
    .toContain("POST /v1/admin/runs/{run_id}/cancellation");
  const request = of(requestId).find(({ name }) => name.startsWith("POST "))!;
  expect(request).toMatchObject({
    service: "runflow-web",
    traceId: requestId.slice("req_".length),
    attributes: { "runflow.operation": "cancelRun", "http.response.status_code": 201 },
  });
  expect(seal).toMatchObject({ traceId: request.traceId, parentSpanId: request.spanId });
  const below = (parent: Span) => spans.filter(({ parentSpanId }) => parentSpanId === parent.spanId);
  const [verb] = below(request).filter(({ name }) => name === "verb cancelRun");
  const statements = below(verb!).map(({ attributes }) => String(attributes["db.query.text"]));
  expect(statements.some((sql) => /UPDATE runs/i.test(sql))).toBe(true);
});

/** @returns the request id of a change that the person makes */
async function post(at: string, body: object = {}): Promise<string> {
  const headers = { ...session, "Content-Type": "application/json" };
  const reply = await callHttp(web.baseUrl, "POST", at, { headers, body: JSON.stringify(body) });
  expect(reply.status).toBe(201);
  return String(reply.headers["runflow-request-id"]);
}

/** The spans of attempts to deliver in a request's trace, below the request's span. */
const readAttempts = (requestId: string) =>
  of(requestId)
    .filter(({ name }) => name === "delivery attempt")
    .map(({ service, traceId, parentSpanId, attributes }) => ({
      service,
      isBelow: traceId === requestId.slice("req_".length) && parentSpanId === traceId.slice(16),
      number: attributes["runflow.attempt"],
      status: attributes["http.response.status_code"],
    }));
const DELIVERED = { service: "runflow-worker", isBelow: true, number: 1, status: 200 };

test("deliveries: each attempt is in the trace of the cancel, redelivery or test that caused it", async () => {
  const { database, fixture } = api();
  const webhookId = await makeWebhook(database.owner, fixture.orgId, `${receiver.origin}/hook`, [
    "run.failed",
  ]);
  const canceled = await cancel();
  await expect.poll(() => readAttempts(canceled.requestId), { timeout: 30_000 }).toEqual([DELIVERED]);
  const redelivered = await post(`/v1/runs/${canceled.id}/callback-redeliveries`);
  const tested = [await post(`/v1/webhooks/${webhookId}/test-events`)];
  tested.push(await post(`/v1/webhooks/${webhookId}/test-events`));
  for (const requestId of [redelivered, ...tested])
    await expect.poll(() => readAttempts(requestId), { timeout: 30_000 }).toEqual([DELIVERED]);
  expect(readAttempts(canceled.requestId)).toEqual([DELIVERED]);
});

test("deliveries: of a run that its provider ended, in the trace of the request that created it", async () => {
  const { database, fixture } = api();
  const ownerId = fixture.customer.person.id;
  const { headers } = await makeKey(database.owner, { ownerId, orgId: fixture.orgId });
  const created = await callHttp(web.baseUrl, "POST", `/v1/models/${fixture.model}/runs`, {
    headers: { ...headers, "Content-Type": "application/json" },
    body: JSON.stringify({ input: {}, callback_url: `${receiver.origin}/ended` }),
  });
  expect(created.status).toBe(201);
  await reportAsProvider(web.baseUrl, (JSON.parse(created.text) as Run).id, { status_code: "succeeded" });
  const requestId = String(created.headers["runflow-request-id"]);
  await expect.poll(() => readAttempts(requestId), { timeout: 30_000 }).toEqual([DELIVERED]);
});

test("email: its job is in the trace of the request that queued it", async () => {
  const email = `${randomUUID()}@staff.example`;
  const newcomer = { name: "Kim Okafor", email, role: "support", reach: { all: true } };
  const requestId = await post("/v1/admin/people", newcomer);
  await mailbox.next(email);
  const traceId = requestId.slice("req_".length);
  const find = () => spans.find((span) => span.traceId === traceId && span.name === "job send_mail");
  await expect.poll(find, { timeout: 30_000 }).toMatchObject({ service: "runflow-worker" });
  const above = () => spans.find(({ spanId }) => spanId === find()!.parentSpanId);
  await expect.poll(above, { timeout: 30_000 }).toMatchObject({ service: "runflow-web", traceId });
  expect(texts).not.toContain(email);
});

test("spans: no reason, email, key or other value; the control is in them", async () => {
  const { fixture } = api();
  const { id, requestId } = await cancel();
  await waitForSeal(requestId);
  for (const value of [
    SECRET_REASON,
    "invoice 77-3141",
    id,
    fixture.orgId,
    person.name,
    person.email,
    key.text,
  ])
    expect([value, texts.includes(value)]).toEqual([value, false]);
  expect([...addresses]).toEqual(["/v1/traces application/json"]);
  // The control: values of the same spans that may leave the system.
  for (const value of [requestId, "cancelRun", "$1"])
    expect([value, texts.includes(value)]).toEqual([value, true]);
});

test("traceparent: the request continues its client's trace; 00: it isn't recorded", async () => {
  const traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
  const { requestId } = await cancel({ headers: { traceparent: `00-${traceId}-00f067aa0ba902b7-01` } });
  const unsampled = await cancel({ headers: { traceparent: `00-${traceId}-00f067aa0ba902b7-00` } });
  await waitForSeal(requestId);
  const find = (id: string) => of(id).find(({ name }) => name.startsWith("POST "));
  await expect
    .poll(() => find(requestId), { timeout: 30_000 })
    .toMatchObject({
      traceId,
      parentSpanId: "00f067aa0ba902b7",
    });
  await waitForSeal(unsampled.requestId);
  const after = await cancel();
  await expect.poll(() => find(after.requestId), { timeout: 30_000 }).toBeDefined();
  expect(find(unsampled.requestId)).toBeUndefined();
});

test("jobs: a span each, with their task and statements", async () => {
  const find = () => spans.find(({ name }) => name === "job compute_envelopes");
  await expect.poll(find, { timeout: 30_000 }).toMatchObject({
    service: "runflow-worker",
    attributes: { "runflow.task": "compute_envelopes", "runflow.attempt": 1 },
  });
  const job = find()!;
  await expect
    .poll(() => spans.filter(({ parentSpanId }) => parentSpanId === job.spanId).length, { timeout: 30_000 })
    .toBeGreaterThan(0);
});

test("refused request: its span has the status, and no statement runs outside of a request or job", async () => {
  const reply = await callHttp(web.baseUrl, "GET", "/v1/runs");
  const requestId = String(reply.headers["runflow-request-id"]);
  await expect
    .poll(() => of(requestId)[0]?.attributes, { timeout: 30_000 })
    .toMatchObject({ "http.response.status_code": 401 });
  const known = new Set(spans.map(({ spanId }) => spanId));
  const orphans = spans.filter(
    ({ attributes, parentSpanId }) => "db.query.text" in attributes && !parentSpanId,
  );
  expect(known.size).toBeGreaterThan(5);
  expect(orphans).toEqual([]);
});

test("without an endpoint: OpenTelemetry is never loaded", async () => {
  const { server, call } = api();
  expect((await call("GET", "/v1/admin/runs?limit=1", { headers: key.headers })).status).toBe(200);
  expect(server.output()).not.toContain("loads @opentelemetry/");
  // The control.
  expect(web.output()).toContain("loads @opentelemetry/sdk-trace");
});
