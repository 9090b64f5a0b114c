import { createHmac, randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { makeKey, makePerson } from "@/test/credentials";
import { signProviderRequest } from "@/lib/runs/provider-signature";
import { makeRun } from "@/test/fixture";
import { expectRefusal } from "@/test/refusal";
import { useApi } from "@/test/use-api";

const NEW = "the-new-secret-of-the-provider-0123456789";
const OLD = "the-old-secret-of-the-provider-0123456789";
const api = useApi({ PROVIDER_SECRETS: `${NEW},${OLD}` });

const sign = (body: string, secret = NEW) => createHmac("sha256", secret).update(body).digest("hex");
const describeEvent = (event: Record<string, unknown> = {}) =>
  JSON.stringify({
    event_id: randomUUID(),
    status_code: "running",
    occurred_at: new Date().toISOString(),
    ...event,
  });
const pathOf = (runId: string) => `/v1/provider/runs/${runId}/events`;
const send = (runId: string, body: string) =>
  api().call("POST", pathOf(runId), { headers: { "Runflow-Signature": sign(body) }, body });

const makePath = async () => pathOf(await makeRun(api().database.owner, api().fixture, { status: "queued" }));
const UNAUTHORIZED = { status: 401, code: "UNAUTHORIZED", error: null };
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

describe("provider signature", () => {
  test.each([NEW, OLD])("with either of two valid secrets: accepted", async (secret) => {
    const body = describeEvent();
    const headers = { "Runflow-Signature": sign(body, secret) };
    const reply = await api().call("POST", await makePath(), { headers, body });
    expect(reply).toMatchObject({ status: 200, json: { outcome: "applied" } });
  });

  test.each<[string, (body: string) => Record<string, string>]>([
    ["is missing", () => ({})],
    ["is empty", () => ({ "Runflow-Signature": "" })],
    ["is another secret's", (body) => ({ "Runflow-Signature": sign(body, `${NEW}x`) })],
    ["is another body's", (body) => ({ "Runflow-Signature": sign(`${body} `) })],
    ["is in upper case", (body) => ({ "Runflow-Signature": sign(body).toUpperCase() })],
    ["has a prefix", (body) => ({ "Runflow-Signature": `sha256=${sign(body)}` })],
    ["is cut short", (body) => ({ "Runflow-Signature": sign(body).slice(1) })],
  ])("refused when it %s", async (_name, headersFor) => {
    const body = describeEvent();
    await expectRefusal(api(), { path: await makePath(), headers: headersFor(body), body }, UNAUTHORIZED);
  });

  test("replaced by an API key: refused", async () => {
    const { owner } = api().database;
    const { headers } = await makeKey(owner, { ownerId: (await makePerson(owner)).id });
    await expectRefusal(api(), { path: await makePath(), headers, body: describeEvent() }, UNAUTHORIZED);
  });

  test.each([
    ["from 6 minutes ago", { occurred_at: minutesAgo(6) }],
    ["from the future", { occurred_at: minutesAgo(-6) }],
    ["sent 6 minutes ago", { sent_at: minutesAgo(6) }],
  ])("of an event %s: refused", async (_name, event) => {
    const body = describeEvent(event);
    const headers = { "Runflow-Signature": sign(body) };
    await expectRefusal(api(), { path: await makePath(), headers, body }, UNAUTHORIZED);
  });

  test("of an old event sent recently: accepted", async () => {
    const body = describeEvent({ occurred_at: minutesAgo(60), sent_at: minutesAgo(1) });
    const headers = { "Runflow-Signature": sign(body) };
    expect(await api().call("POST", await makePath(), { headers, body })).toMatchObject({ status: 200 });
  });
});

describe("provider signature, version 2", () => {
  const signed = (runId: string, body: string, at = Date.now()) => ({
    "Runflow-Provider-Signature": signProviderRequest(NEW, { method: "POST", path: pathOf(runId), body }, at),
  });

  test("accepted for an old event, and refused for another run, a replay and a wrong time", async () => {
    const { database, fixture, otherScene, call } = api();
    const [mine, theirs] = [
      await makeRun(database.owner, fixture, { status: "queued" }),
      await makeRun(database.owner, otherScene, { status: "queued" }),
    ];
    const body = describeEvent({ occurred_at: minutesAgo(60) });
    const headers = signed(mine, body);
    await expectRefusal(api(), { path: pathOf(theirs), headers, body }, UNAUTHORIZED);
    for (const at of [6, -6])
      await expectRefusal(
        api(),
        { path: pathOf(mine), headers: signed(mine, body, Date.parse(minutesAgo(at))), body },
        UNAUTHORIZED,
      );
    // A bad version 2 signature isn't saved by a good version 1.
    const both = { ...signed(theirs, body), "Runflow-Signature": sign(body) };
    await expectRefusal(api(), { path: pathOf(mine), headers: both, body }, UNAUTHORIZED);
    const outcomes = [1, 2].map(() => call("POST", pathOf(mine), { headers, body }));
    const receipts = (await Promise.all(outcomes)).map(({ json }) => (json as { outcome: string }).outcome);
    expect(receipts.toSorted()).toEqual(["applied", "duplicate"]);
  });

  test("another run's event with the same id: not a repetition", async () => {
    const { database, fixture, otherScene } = api();
    const event_id = randomUUID();
    for (const scene of [otherScene, fixture]) {
      const runId = await makeRun(database.owner, scene, { status: "queued" });
      expect((await send(runId, describeEvent({ event_id }))).json).toMatchObject({ outcome: "applied" });
    }
  });
});

describe("provider event", () => {
  test.each<[string, Record<string, unknown>]>([
    ["status_code", { status_code: "canceled" }],
    ["status_code", { status_code: "queued" }],
    ["event_id", { event_id: "" }],
    ["event_id", { event_id: "a\0b" }],
    ["occurred_at", { occurred_at: "now" }],
    ["output", { status_code: "succeeded", output: [] }],
    ["cost", { cost: -1 }],
    ["cost", { cost: "-1" }],
    ["surprise", { surprise: true }],
  ])("with an invalid %s: changes nothing: %j", async (field, event) => {
    const body = describeEvent(event);
    const headers = { "Runflow-Signature": sign(body) };
    const wrong = { status: 422, code: "VALIDATION_ERROR", error: { loc: ["body", field] } };
    await expectRefusal(api(), { path: await makePath(), headers, body }, wrong);
  });

  test("for a missing run: 404", async () => {
    for (const id of [randomUUID(), "x", "%00"]) {
      const body = describeEvent();
      const headers = { "Runflow-Signature": sign(body) };
      await expectRefusal(
        api(),
        { path: pathOf(id), headers, body },
        { status: 404, code: "RUN_NOT_FOUND", error: null },
      );
    }
  });

  test("dropped: answered with 200 and kept, and the canceled run keeps its status", async () => {
    const { database, fixture, call } = api();
    const { owner } = database;
    const runId = await makeRun(owner, fixture, { status: "queued" });
    const admin = await makeKey(owner, { ownerId: (await makePerson(owner)).id });
    const running = describeEvent();
    const outcomes = [
      await send(runId, running),
      await send(runId, running),
      await send(runId, describeEvent({ status_code: "dispatching" })),
    ];
    const cancelled = await call("POST", `/v1/admin/runs/${runId}/cancellation`, admin);
    expect(cancelled.status).toBe(201);
    const readRow = async () =>
      (await owner.query("SELECT * FROM runs WHERE id = $1", [runId])).rows[0] as object;
    const row = await readRow();
    const late = describeEvent({ status_code: "succeeded", output: { outputs: [] }, cost: "0.12" });
    outcomes.push(await send(runId, late), await send(runId, late));
    expect(outcomes.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    const expected = ["applied", "duplicate", "out_of_order", "dropped_terminal", "duplicate"];
    expect(outcomes.map(({ json }) => (json as { outcome: string }).outcome)).toEqual(expected);
    // The provider's cost is charged once; nothing else changes.
    const charge = { cost: "0.120000", cost_breakdown: { provider_charge: "0.12" } };
    expect(await readRow()).toEqual({ ...row, ...charge });
    const { rows } = await owner.query(
      "SELECT outcome, body::text FROM provider_events WHERE run_id = $1 ORDER BY id",
      [runId],
    );
    expect(rows.map(({ outcome }) => outcome as string)).toEqual(expected);
    expect(rows[3]).toMatchObject({ body: late });
    const again = await call("POST", `/v1/admin/runs/${runId}/cancellation`, admin);
    expect(again.json).toEqual({ ...(cancelled.json as object), ...charge, cost: "0.12" });
  });
});
