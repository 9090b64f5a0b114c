import { beforeEach, expect, test, vi } from "vitest";
import { log } from "@/lib/platform/log";
import { dropOldMonths } from "@/lib/security/drop-old-months";
import { useDatabase } from "@/test/database";
import { makeMonths } from "./make-months";

const database = useDatabase();

const TABLES = { audit_entries: "audit_months", security_events: "security_months" } as const;
type Table = keyof typeof TABLES;

const monthsOf = async (table: Table): Promise<string[]> => {
  const { rows } = await database().owner.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
     WHERE i.inhparent = $1::regclass AND c.relname !~ 'past$' ORDER BY 1`,
    [table],
  );
  return rows.map(({ name }) => name.slice(-7));
};

/** @returns the month this many months from now, such as `2026_11` */
const month = async (ahead: number): Promise<string> => {
  const { rows } = await database().owner.query<{ name: string }>(
    "SELECT to_char(date_trunc('month', now()) + $1 * interval '1 month', 'YYYY_MM') AS name",
    [ahead],
  );
  return rows[0]!.name;
};

const insert = {
  audit_entries: (at: string) =>
    database().owner.query<{ month: string }>(
      `INSERT INTO audit_entries (org_id, action, occurred_at, actor_type, actor_id, actor_name, target_type, target_id,
         target_label, source, request_id, meta)
       VALUES (uuidv7(), 'webhook.tested', ${at}, 'system', uuidv7(), 'x', 'webhook', uuidv7(), 'x', 'system', 'req_x', '{"reason": null, "ticket": null}')
       RETURNING tableoid::regclass::text AS month`,
    ),
  security_events: (at: string) =>
    database().owner.query<{ month: string }>(
      `INSERT INTO security_events (occurred_at, kind, status, code, method, path, request_id)
       VALUES (${at}, 'request.refused', 401, 'UNAUTHORIZED', 'POST', '/v1/admin', 'req_x')
       RETURNING tableoid::regclass::text AS month`,
    ),
};

beforeEach(() => vi.restoreAllMocks());

test.each(Object.keys(TABLES) as Table[])("months of %s: created in advance if missing", async (table) => {
  const { owner, workerDb } = database();
  const expected = await Promise.all(Array.from({ length: 13 }, (_, ahead) => month(ahead)));
  expect(await monthsOf(table)).toEqual(expected);
  await owner.query(
    `DROP TABLE ${TABLES[table]}.${table}_${await month(11)}, ${TABLES[table]}.${table}_${await month(12)}`,
  );
  expect(await makeMonths(workerDb)).toBe(2);
  expect(await monthsOf(table)).toEqual(expected);
  expect(await makeMonths(workerDb)).toBe(0);
});

test("several workers at start: create each month once", async () => {
  const { owner, workerDb } = database();
  for (const table of Object.keys(TABLES) as Table[])
    await owner.query(`DROP TABLE ${TABLES[table]}.${table}_${await month(12)}`);
  const made = await Promise.all([1, 2, 3, 4].map(() => makeMonths(workerDb)));
  expect(made.toSorted()).toEqual([0, 0, 0, 2]);
});

test.each(Object.keys(TABLES) as Table[])(
  "%s before and after midnight: in their own months",
  async (table) => {
    const boundary = "date_trunc('month', now()) + interval '1 month'";
    const before = await insert[table](`${boundary} - interval '1 ms'`);
    const after = await insert[table](boundary);
    expect(before.rows[0]!.month).toMatch(`${await month(0)}`);
    expect(after.rows[0]!.month).toMatch(`${await month(1)}`);
  },
);

test("too few months left: logs an error, even if none can be created", async () => {
  const { owner, worker, workerDb } = database();
  const error = vi.spyOn(log, "error").mockReturnValue();
  expect(await makeMonths(workerDb)).toBe(0);
  expect(error).not.toHaveBeenCalled();
  await owner.query(`ALTER TABLE security_events DETACH PARTITION security_months.security_events_${await month(2)};
    REVOKE EXECUTE ON FUNCTION make_audit_months(integer) FROM console_worker`);
  await expect(makeMonths(workerDb)).rejects.toThrow("make_audit_months");
  expect(error).toHaveBeenCalledWith({ audit: 12, security: 1 }, expect.stringContaining("too few months"));
  await owner.query(`DROP TABLE security_months.security_events_${await month(2)};
    GRANT EXECUTE ON FUNCTION make_audit_months(integer) TO console_worker`);
  await worker.query("SELECT make_security_months(12)");
});

test("entry dated before 2000, which could never be sealed: refused", async () => {
  for (const at of ["'-infinity'", "'0044-03-15 BC'", "'1999-12-31T23:59:59Z'"])
    await expect(insert.audit_entries(at)).rejects.toMatchObject({ constraint: "audit_entries_occurred_at" });
});

test("security events: dropped by whole months, never the last three", async () => {
  const { owner, workerDb } = database();
  await owner.query(`DROP TABLE security_months.security_events_past;
    SELECT make_security_month(now() - n * interval '1 month') FROM generate_series(1, 16) n`);
  for (let ago = 1; ago <= 16; ago++)
    await insert.security_events(`date_trunc('month', now()) - interval '${ago} months' + interval '9 days'`);
  const past = async () =>
    (await owner.query("SELECT FROM security_events WHERE occurred_at < date_trunc('month', now())"))
      .rowCount;
  expect(await past()).toBe(16);
  expect(await dropOldMonths(workerDb, 13)).toBe(3);
  expect(await past()).toBe(13);
  expect(await dropOldMonths(workerDb, 13)).toBe(0);
  for (const keep of [2, 0, -1]) {
    await expect(dropOldMonths(workerDb, keep)).rejects.toThrow("three months or more");
    expect(await past()).toBe(13);
  }
  expect(await dropOldMonths(workerDb, 3)).toBe(10);
  expect(await past()).toBe(3);
  expect(await monthsOf("security_events")).toContain(await month(-3));
  expect(await monthsOf("security_events")).not.toContain(await month(-4));
});

test("dropping a month: yields to readers", async () => {
  const { owner, workerDb, app } = database();
  await owner.query("SELECT make_security_month(now() - interval '20 months')");
  const reader = await app.connect();
  await reader.query("BEGIN; SELECT FROM security_events");
  await expect(dropOldMonths(workerDb, 13)).rejects.toThrow("lock timeout");
  await reader.query("COMMIT");
  reader.release();
  expect(await dropOldMonths(workerDb, 13)).toBe(1);
});
