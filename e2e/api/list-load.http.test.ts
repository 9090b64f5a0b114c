import { expect, test, vi } from "vitest";
import { makeKey, makePerson } from "@/test/credentials";
import { makeRun } from "@/test/fixture";
import { useApi } from "@/test/use-api";

// Fewer connections than running lists: a shared pool would have none left for other requests.
const api = useApi({ DATABASE_POOL_SIZE: "2" });

const LIST = "/v1/admin/security-events";

/** Staff keys; each may run two lists at once. */
async function makeKeys(count: number) {
  const { owner } = api().database;
  const person = await makePerson(owner, { role: "admin" });
  return Promise.all(Array.from({ length: count }, () => makeKey(owner, { ownerId: person.id })));
}

/** The number of lists that wait for a lock in PostgreSQL. */
async function countHeldLists(): Promise<number> {
  const { rows } = await api().database.owner.query<{ count: number }>(
    "SELECT count(*)::int FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()",
  );
  return rows[0]!.count;
}

/** Blocks every list of security events during `work`: a table lock simulates slow lists. */
async function holdingLists(work: () => Promise<void>): Promise<void> {
  const client = await api().database.owner.connect();
  try {
    await client.query("BEGIN");
    await client.query("LOCK TABLE security_events IN ACCESS EXCLUSIVE MODE");
    await work();
  } finally {
    await client.query("ROLLBACK");
    client.release();
  }
}

test("cancel while lists exceed the list pool: succeeds", async () => {
  const { database, fixture, call } = api();
  const keys = await makeKeys(8);
  const [agent] = await makeKeys(1);
  const runId = await makeRun(database.owner, fixture);
  let lists: Promise<unknown>[] = [];
  let ended = 0;

  await holdingLists(async () => {
    lists = keys.flatMap((key) =>
      [1, 2].map(() => call("GET", LIST, { headers: key.headers }).finally(() => ended++)),
    );
    await vi.waitFor(async () => expect(await countHeldLists()).toBe(4), { timeout: 10_000, interval: 20 });
    const cancel = await call("POST", `/v1/admin/runs/${runId}/cancellation`, {
      headers: agent!.headers,
      body: '{"reason":"Ticket #4821"}',
    });
    expect(cancel.status).toBe(201);
    expect((await call("GET", `/v1/runs/${runId}`, { headers: agent!.headers })).status).toBe(200);
    expect((await call("GET", "/v1/auth/me", { headers: agent!.headers })).status).toBe(200);
    expect(ended).toBe(0);
  });
  await Promise.all(lists);
});

test("one credential's lists: leave connections for another's", async () => {
  const { call } = api();
  const [greedy, other] = await makeKeys(2);
  let lists: Promise<{ status: number }>[] = [];
  let ended = 0;

  await holdingLists(async () => {
    lists = Array.from({ length: 12 }, () =>
      call("GET", LIST, { headers: greedy!.headers }).finally(() => ended++),
    );
    await vi.waitFor(async () => expect(await countHeldLists()).toBe(2), { timeout: 10_000, interval: 20 });
    expect((await call("GET", "/v1/admin/runs", { headers: other!.headers })).status).toBe(200);
    expect(await countHeldLists()).toBe(2);
    expect(ended).toBe(0);
  });
  expect((await Promise.all(lists)).map(({ status }) => status)).toEqual(Array(12).fill(200));
});

test("expression that would read metadata a hundred times: refused with the position", async () => {
  const { database, fixture, call } = api();
  const key = await makeKey(database.owner, { ownerId: fixture.customer.person.id, orgId: fixture.orgId });
  const q = Array.from({ length: 95 }, (_, index) => `metadata.k${index}:1`).join(" OR ");
  const reply = await call("GET", `/v1/runs?limit=1&q=${encodeURIComponent(q)}`, { headers: key.headers });
  expect(reply.status).toBe(422);
  expect(reply.json).toMatchObject({
    code: "VALIDATION_ERROR",
    errors: [
      {
        type: "query_syntax",
        loc: ["query", "q"],
        msg: `There are more than 5 comparisons of metadata, at position ${q.indexOf("metadata.k5") + 1}.`,
      },
    ],
  });
});
