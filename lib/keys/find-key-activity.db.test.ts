import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { recordSecurityEvent } from "@/lib/security/record-security-event";
import type { Caller } from "@/lib/states/caller";
import { type Key, makeKey } from "@/test/credentials";
import { useDatabase } from "@/test/database";
import { type Fixture, makeRun, makeStaff, seedFixture } from "@/test/fixture";
import { countLive, findKeyActivity, selectAddresses, selectHours } from "./find-key-activity";

vi.mock("@/lib/platform/env/env", () => ({ env: () => ({ LOG_LEVEL: "silent" }) }));

const database = useDatabase();
const MINUTE = 60_000;
let fixture: Fixture;
let ida: Caller;
let key: Key;

beforeEach(async () => {
  const { owner } = database();
  fixture = await seedFixture(owner);
  ida = await makeStaff(owner, "admin", "Ida");
  key = await makeKey(owner, { ownerId: fixture.customer.person.id, orgId: fixture.orgId });
});

const read = (caller = ida, id = key.id) => findKeyActivity(database().db, caller, id);

async function run(traits: Parameters<typeof makeRun>[2], keyId = key.id): Promise<void> {
  const id = await makeRun(database().owner, fixture, traits);
  await database().owner.query("UPDATE runs SET api_key_id = $1 WHERE id = $2", [keyId, id]);
}

const deny = (code: string, ip: string | null, credential: Partial<Caller["actor"]> = {}, reach = true) =>
  recordSecurityEvent(database().db, {
    kind: "request.refused",
    status: 403,
    code,
    method: "GET",
    path: "/v1/admin/runs",
    caller: {
      ...fixture.customer,
      reach: reach ? fixture.customer.reach : { all: true },
      actor: { ...fixture.customer.actor, id: key.id, ...credential },
    },
    context: { ip, userAgent: null, requestId: "req_test" },
    detail: null,
  });

describe("runs", () => {
  test("counted by the hour of their creation and how they ended; live ones however old", async () => {
    await run({ status: "running", ageMs: MINUTE });
    await run({ status: "queued", ageMs: 59 * MINUTE });
    await run({ status: "succeeded", ageMs: 61 * MINUTE });
    await run({ status: "partial_succeeded", ageMs: 62 * MINUTE });
    await run({ status: "failed", ageMs: 62 * MINUTE });
    await run({ status: "canceled", ageMs: 23 * 60 * MINUTE + 30 * MINUTE });
    await run({ status: "dispatching", ageMs: 25 * 60 * MINUTE });
    const other = await makeKey(database().owner, {
      ownerId: fixture.customer.person.id,
      orgId: fixture.orgId,
    });
    await run({ status: "running" }, other.id);

    const { hours, hours_are_partial, live_runs } = await read();
    expect(hours).toHaveLength(24);
    const none = { live: 0, succeeded: 0, failed: 0, canceled: 0 };
    expect(
      hours.map(({ live, succeeded, failed, canceled }) => ({ live, succeeded, failed, canceled })),
    ).toEqual([
      { ...none, canceled: 1 },
      ...Array.from({ length: 21 }, () => none),
      { ...none, succeeded: 2, failed: 1 },
      { ...none, live: 2 },
    ]);
    const starts = hours.map(({ from }) => Date.parse(from));
    expect(starts.slice(1).map((start, index) => start - starts[index]!)).toEqual(
      Array.from({ length: 23 }, () => 60 * MINUTE),
    );
    expect(Math.abs(Date.now() - starts[0]! - 24 * 60 * MINUTE)).toBeLessThan(MINUTE);
    expect(hours_are_partial).toBe(false);
    expect(live_runs).toEqual({ count: 3, is_more: false });
  });

  test("unused key: zeros; a key out of reach: not found", async () => {
    const activity = await read();
    expect(activity.live_runs).toEqual({ count: 0, is_more: false });
    expect(activity.run_addresses).toEqual({ addresses: [], address_count: 0 });
    expect(activity.denied_requests).toEqual({ total: 0, by_code: [], addresses: [], address_count: 0 });
    const other = await seedFixture(database().owner);
    const caller: Caller = { ...ida, reach: { all: false, orgIds: [other.orgId] } };
    await expect(read(caller)).rejects.toMatchObject({ code: "KEY_NOT_FOUND" });
  });
});

describe("addresses that created runs", () => {
  const runFrom = async (ip: string | null, count: number, ageMs = MINUTE) => {
    for (let n = 0; n < count; n++) await run({ status: "succeeded", ageMs });
    await database().owner.query(
      "UPDATE runs SET created_ip = $1 WHERE created_ip IS NULL AND api_key_id = $2",
      [ip, key.id],
    );
  };

  test("counted for the last 24 hours, the busiest first; runs without an address count nowhere", async () => {
    await runFrom("198.51.100.1", 1);
    await runFrom("203.0.113.7", 3);
    await runFrom("2001:db8::1", 1);
    await runFrom("192.0.2.1", 2, 25 * 60 * MINUTE);
    await run({ status: "running", ageMs: MINUTE });
    expect((await read()).run_addresses).toEqual({
      addresses: [
        { ip: "203.0.113.7", runs: 3 },
        { ip: "198.51.100.1", runs: 1 },
        { ip: "2001:db8::1", runs: 1 },
      ],
      address_count: 3,
    });
  });

  test("many: the top 10, and how many there are", async () => {
    for (let n = 0; n < 12; n++) await runFrom(`203.0.113.${n}`, n === 7 ? 2 : 1);
    const { addresses, address_count } = (await read()).run_addresses;
    expect(address_count).toBe(12);
    expect(addresses.map(({ runs }) => runs)).toEqual([2, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
    expect(addresses[0]!.ip).toBe("203.0.113.7");
  });

  test("support without security.read: sees them", async () => {
    await runFrom("203.0.113.7", 1);
    const support = await makeStaff(database().owner, "support");
    expect((await read(support)).run_addresses.addresses).toEqual([{ ip: "203.0.113.7", runs: 1 }]);
  });
});

describe("denied requests", () => {
  test("counted by code and by address, of this key and the last 24 hours", async () => {
    for (let n = 0; n < 3; n++) await deny("UNAUTHORIZED", "203.0.113.7");
    await deny("RATE_LIMITED", "198.51.100.1");
    await deny("RATE_LIMITED", null);
    await deny("UNAUTHORIZED", "192.0.2.1", { id: randomUUID() });
    const { owner } = database();
    await owner.query(
      `INSERT INTO security_events (kind, status, code, method, path, actor_id, org_id, ip, request_id, occurred_at)
       VALUES ('request.refused', 401, 'UNAUTHORIZED', 'GET', '/', $1, $2, '192.0.2.2', 'req_x', now() - interval '25 hours')`,
      [key.id, fixture.orgId],
    );
    expect((await read()).denied_requests).toEqual({
      total: 5,
      by_code: [
        { code: "UNAUTHORIZED", requests: 3 },
        { code: "RATE_LIMITED", requests: 2 },
      ],
      addresses: [
        { ip: "203.0.113.7", requests: 3 },
        { ip: "198.51.100.1", requests: 1 },
      ],
      address_count: 2,
    });
  });

  test("many addresses: the top 10, and how many there are", async () => {
    await database().owner.query(
      `INSERT INTO security_events (kind, status, code, method, path, actor_id, org_id, ip, request_id)
       SELECT 'request.refused', 401, 'UNAUTHORIZED', 'GET', '/', $1, $2, '10.0.' || n % 250 || '.1', 'req_x'
       FROM generate_series(1, 1009) n`,
      [key.id, fixture.orgId],
    );
    const { denied_requests: denied } = await read();
    expect(denied).toMatchObject({ total: 1009, address_count: 250 });
    expect(denied?.addresses.map(({ requests }) => requests)).toEqual([5, 5, 5, 5, 5, 5, 5, 5, 5, 4]);
  });

  test("hidden without security.read, and for a key of several customers unless all are in reach", async () => {
    const { owner } = database();
    const support = await makeStaff(owner, "support");
    expect((await read(support)).denied_requests).toBeNull();
    expect((await read(support)).hours).toHaveLength(24);
    const other = await seedFixture(owner);
    const orgIds = [fixture.orgId, other.orgId];
    const { id } = await makeKey(owner, { ownerId: ida.person.id, orgIds });
    await deny("NOT_FOUND", "203.0.113.7", { id }, false);
    expect((await read(ida, id)).denied_requests).toMatchObject({ total: 1 });
    const desk: Caller = { ...ida, reach: { all: false, orgIds } };
    expect((await read(desk, id)).denied_requests).toBeNull();
    expect((await read(desk)).denied_requests).toMatchObject({ total: 0 });
  });
});

test("busy platform: reads the key's runs through indexes", async () => {
  const { owner } = database();
  const busy = await seedFixture(owner);
  await owner.query(
    `INSERT INTO runs (org_id, model_id, model, source_code, status_code, input, request_id, api_key_id, created_at,
       started_at, completed_at, duration_ms)
     SELECT $1, $2, $3, 'api', 'succeeded', '{}', 'req_test', $4, t.at, t.at, t.at, 0
     FROM (SELECT date_trunc('milliseconds', now() - n * interval '1 minute') AS at FROM generate_series(1, 20000) n) t`,
    [busy.orgId, busy.modelId, busy.model, busy.customer.credentialId],
  );
  await run({ status: "running", ageMs: MINUTE });
  await owner.query("VACUUM ANALYZE runs");
  const hours = selectHours({ id: busy.customer.credentialId }, new Date());
  const addresses = selectAddresses({ id: busy.customer.credentialId }, new Date());
  const live = countLive({ id: busy.customer.credentialId, org_id: busy.orgId });
  for (const statement of [hours, addresses, live]) {
    const { rows } = await owner.query<{ "QUERY PLAN": string }>(
      `EXPLAIN (ANALYZE, TIMING OFF) ${statement.text}`,
      statement.values,
    );
    const plan = rows.map((row) => row["QUERY PLAN"]).join("\n");
    expect(plan).not.toContain("Seq Scan");
    const read = [...plan.matchAll(/ on runs.*actual rows=([\d.]+)/g)].map(([, count]) => Number(count));
    // A bitmap scan reads whole pages: a few rows more than the 1,440 of the last day.
    expect(Math.max(...read)).toBeLessThan(2 * 24 * 60);
  }
});
