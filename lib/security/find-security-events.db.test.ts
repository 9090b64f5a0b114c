import { randomUUID } from "node:crypto";
import { beforeAll, expect, test, vi } from "vitest";
import { SecurityEvent, SecurityListQuery } from "@/lib/contract/security";
import { Refusal } from "@/lib/platform/errors";
import { getRun } from "@/lib/runs/get-run";
import type { Caller, Reach } from "@/lib/states/caller";
import { useDatabase } from "@/test/database";
import { makeRun, seedFixture, type Fixture, TEST_CONTEXT } from "@/test/fixture";
import { findSecurityEvents } from "./find-security-events";
import { recordSecurityEvent } from "./record-security-event";

vi.mock("@/lib/platform/env/env", () => ({
  env: () => ({ CURSOR_SECRET: "the secret of this test, long enough" }),
}));

const database = useDatabase();
let fixture: Fixture;

beforeAll(async () => {
  fixture = await seedFixture(database().owner);
  const callers: (Caller | undefined)[] = [undefined, fixture.customer, fixture.support, fixture.customer];
  for (const [index, caller] of callers.entries()) {
    const refused = { kind: "request.refused", status: 401, code: "UNAUTHORIZED", method: "POST" } as const;
    await recordSecurityEvent(database().db, {
      ...(index === 2 ? { ...refused, status: 409, code: "CONFLICT" } : refused),
      path: `/v1/admin/${index}`,
      caller,
      context: { ...TEST_CONTEXT, ip: index === 1 ? "2001:db8::1" : "192.0.2.7" },
      detail: index === 3 ? { hint: "x" } : null,
    });
  }
});

const list = (over: Record<string, unknown> = {}, reach: Reach = { all: true }) =>
  findSecurityEvents(database().db, reach, SecurityListQuery.parse(over));
const numbersOf = ({ items }: { items: SecurityEvent[] }) => items.map(({ path }) => Number(path.at(-1)));

test("find security events: newest first, in the contract's shape, in pages", async () => {
  const page = await list();
  expect(numbersOf(page)).toEqual([3, 2, 1, 0]);
  for (const item of page.items) expect(SecurityEvent.parse(item)).toEqual(item);
  const first = await list({ limit: 3 });
  const second = await list({ limit: 3, pq: first.next });
  expect([...numbersOf(first), ...numbersOf(second)]).toEqual([3, 2, 1, 0]);
  expect(numbersOf(await list({ limit: 3, pq: second.previous }))).toEqual([3, 2, 1]);
});

test("find security events: filtered by response and caller", async () => {
  expect(numbersOf(await list({ code: "CONFLICT" }))).toEqual([2]);
  expect(numbersOf(await list({ actor_id: fixture.customer.actor.id }))).toEqual([3, 1]);
  expect(numbersOf(await list({ kind: "sign_in.failed" }))).toEqual([]);
  expect(numbersOf(await list({ from: "2020-01-01", to: "2020-01-02" }))).toEqual([]);
  expect(numbersOf(await list({ status: "409" }))).toEqual([2]);
  expect(numbersOf(await list({ ip: "2001:db8::1" }))).toEqual([1]);
  expect(numbersOf(await list({ ip: "192.0.2.7", status: "401" }))).toEqual([3, 0]);
  expect(numbersOf(await list({ org_id: fixture.orgId.toUpperCase() }))).toEqual([3, 1]);
  for (const wrong of [{ status: "200" }, { status: "4e2" }, { ip: "somewhere" }, { org_id: "x" }])
    expect(SecurityListQuery.safeParse(wrong).success).toBe(false);
});

test("limited reach: sees its organizations' attempts, and none without an organization", async () => {
  expect(numbersOf(await list({}, { all: false, orgIds: [fixture.orgId] }))).toEqual([3, 1]);
  expect(numbersOf(await list({}, { all: false, orgIds: [] }))).toEqual([]);
});

test("run of another organization: looks missing to callers with a limited reach", async () => {
  const { owner, db } = database();
  const own = await seedFixture(owner);
  const other = await seedFixture(owner);
  const reach: Reach = { all: false, orgIds: [own.orgId] };
  const runId = await makeRun(owner, other);
  for (const id of [runId, randomUUID()]) {
    const refusal = await getRun(db, reach, id).catch((error: Refusal) => error);
    if (!(refusal instanceof Refusal)) throw new Error("the run was found");
    await recordSecurityEvent(db, {
      kind: "request.refused",
      status: 404,
      code: refusal.code,
      method: "GET",
      path: "/v1/admin/runs/x",
      caller: own.customer,
      context: TEST_CONTEXT,
      detail: refusal.options.detail ?? null,
    });
  }
  const shown = (items: SecurityEvent[]) => items.map((item) => ({ ...item, id: "", occurred_at: "" }));
  const [missing, beyond] = shown((await list({}, reach)).items);
  expect(beyond).toEqual(missing);
  expect(JSON.stringify(beyond)).toBe(JSON.stringify(missing));

  const details = { out_of_reach: true, org_id: other.orgId, run_id: runId };
  for (const wider of [{ all: true }, { all: false, orgIds: [own.orgId, other.orgId] }] as Reach[]) {
    const { items } = await list({ actor_id: own.customer.actor.id }, wider);
    expect(items.map(({ detail }) => detail)).toEqual([null, details]);
  }
});
