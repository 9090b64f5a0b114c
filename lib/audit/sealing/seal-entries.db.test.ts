import { createHash, randomUUID } from "node:crypto";
import type pg from "pg";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { AUDIT_COLUMNS, type AuditRow, toAuditEntry, WITH_SEAL } from "@/lib/audit/trail/audit-record";
import { writeEntry } from "@/lib/audit/trail/write-entry";
import type { AuditEntry } from "@/lib/contract/audit";
import { log } from "@/lib/platform/log";
import { useDatabase } from "@/test/database";
import { seedFixture, type Fixture, TEST_CONTEXT } from "@/test/fixture";
import { sealEntries } from "./seal-entries";

const database = useDatabase();
let fixtures: Fixture[];

beforeAll(async () => {
  const { owner } = database();
  fixtures = [await seedFixture(owner), await seedFixture(owner), await seedFixture(owner)];
});

async function write(fixture: Fixture, meta: Record<string, unknown> = {}): Promise<void> {
  await writeEntry(database().db, {
    caller: fixture.support,
    context: TEST_CONTEXT,
    orgId: fixture.orgId,
    action: "webhook.tested",
    target: { type: "webhook", id: randomUUID(), label: "Überweisung 1 € \u2028 “quoted”" },
    meta,
  });
}

async function seal(limit = 100, passedOver?: Set<string>): Promise<number> {
  const client = await database().worker.connect();
  try {
    return await sealEntries(client, limit, passedOver);
  } finally {
    client.release();
  }
}

async function readTrail(): Promise<AuditEntry[]> {
  const { rows } = await database().app.query<AuditRow>(
    `SELECT ${AUDIT_COLUMNS.sql} FROM audit_entries r ${WITH_SEAL.sql} ORDER BY s.position`,
  );
  return rows.map(toAuditEntry);
}

/** The test's own minimal RFC 8785: sorted keys, no spaces. */
const inOrder = (value: unknown): unknown =>
  value === null || typeof value !== "object"
    ? value
    : Array.isArray(value)
      ? value.map(inOrder)
      : Object.fromEntries(
          Object.entries(value)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([key, inner]) => [key, inOrder(inner)]),
        );
const sha256 = (text: string) => createHash("sha256").update(text, "utf8").digest("hex");

test("seal: next position, and the next place in the organization's chain", async () => {
  for (let round = 0; round < 4; round++) {
    for (const fixture of fixtures) {
      await write(fixture, {
        reason: `Round ${round}`,
        threshold: 0.1 + 0.2,
        count: 9007199254740991,
        tiny: 1e-7,
      });
    }
    if (round % 2) expect(await seal()).toBe(6);
  }
  await write(fixtures[0]!);
  expect(
    (await readTrail()).filter(({ chain, position }) => chain === null && position === null),
  ).toHaveLength(1);
  expect(await seal()).toBe(1);
  expect(await seal()).toBe(0);

  const trail = await readTrail();
  expect(trail.map(({ position }) => position)).toEqual(Array.from({ length: 13 }, (_, index) => index + 1));
  const heads = new Map<string, { sequence: number; hash: string }>();
  for (const { chain, ...entry } of trail) {
    const head = heads.get(entry.org_id) ?? {
      sequence: 0,
      hash: sha256(`runflow-audit-genesis/v1\n${entry.org_id}`),
    };
    const place = { sequence: head.sequence + 1, previous_hash: head.hash };
    const hash = sha256(`runflow-audit-entry/v1\n${JSON.stringify(inOrder({ ...entry, chain: place }))}`);
    expect(chain).toEqual({ ...place, hash });
    heads.set(entry.org_id, { sequence: place.sequence, hash });
  }
  expect([...heads.values()].map(({ sequence }) => sequence).sort()).toEqual([4, 4, 5]);
});

test("backlog: sealed in batches, oldest first", async () => {
  const before = (await readTrail()).length;
  for (let index = 0; index < 7; index++) await write(fixtures[index % 3]!, { index });
  expect([await seal(3), await seal(3), await seal(3), await seal(3)]).toEqual([3, 3, 1, 0]);
  expect((await readTrail()).slice(before).map(({ meta }) => meta["index"])).toEqual([0, 1, 2, 3, 4, 5, 6]);
});

test("number that no double can hold: refused, because another number would have its hash", async () => {
  const { app } = database();
  const insert = (meta: string) =>
    app.query(
      `INSERT INTO audit_entries (org_id, action, occurred_at, actor_type, actor_id, actor_name, target_type, target_id,
         target_label, source, request_id, meta)
       VALUES ($1, 'model.updated', now(), 'system', $1, 'x', 'model', $1, 'x', 'system', 'req_x', $2)`,
      [fixtures[0]!.orgId, meta],
    );
  await expect(insert('{"reason":null,"ticket":null,"deep":[{"n":9007199254740993}]}')).rejects.toMatchObject(
    {
      constraint: "audit_entries_exact_numbers",
    },
  );
  await insert('{"reason":null,"ticket":null,"deep":[{"n":9007199254740992, "m":0.30000000000000004}]}');
  await seal();
});

describe("database: refuses", () => {
  /** A manual seal of an unsealed entry, correct except for the given parts. */
  const SEAL = `
    INSERT INTO audit_seals (position, entry_id, entry_occurred_at, org_id, sequence, previous_hash, hash)
    SELECT (SELECT max(position) FROM audit_seals) + 1, r.id, r.occurred_at, r.org_id, s.sequence + 1, s.hash, sha256('x')
    FROM audit_unsealed u JOIN audit_entries r ON r.id = u.entry_id
    JOIN LATERAL (SELECT * FROM audit_seals WHERE org_id = r.org_id ORDER BY sequence DESC LIMIT 1) s ON true
    WHERE r.org_id = $1`;

  beforeAll(() => write(fixtures[1]!));

  test.each<[string, string, string, string]>([
    [
      "a gap in the positions",
      "(position) FROM audit_seals) + 1",
      "(position) FROM audit_seals) + 2",
      "continue",
    ],
    ["a used position", "(position) FROM audit_seals) + 1", "(position) FROM audit_seals)", "pkey"],
    ["a gap in a chain", "s.sequence + 1, s.hash", "s.sequence + 2, s.hash", "continue"],
    ["a fork", "s.sequence + 1, s.hash", "s.sequence, s.hash", "sequence_key"],
    ["a link to nothing", "s.sequence + 1, s.hash", "s.sequence + 1, sha256('y')", "continue"],
    ["a second beginning", "s.sequence + 1, s.hash", "1, audit_genesis(r.org_id)", "sequence_key"],
    ["a used link", "s.sequence + 1, s.hash", "s.sequence + 1, s.previous_hash", "previous_hash_key"],
    ["a missing entry", "r.id, r.occurred_at", "uuidv7(), r.occurred_at", "continue"],
    ["another time", "r.id, r.occurred_at", "r.id, r.occurred_at + interval '1 ms'", "continue"],
    ["half a hash", "sha256('x')", "'\\x00'", "hashes"],
  ])("%s, by the worker and the owner", async (_what, right, wrong, constraint) => {
    for (const role of [database().worker, database().owner]) {
      const forged = role.query(
        SEAL.replace(right, () => wrong),
        [fixtures[1]!.orgId],
      );
      await expect(forged).rejects.toMatchObject({ constraint: expect.stringContaining(constraint) });
    }
  });

  test("a second seal of an entry", async () => {
    await seal();
    const again = SEAL.replace("audit_unsealed u", "audit_seals u").replace(
      "WHERE",
      "WHERE u.org_id = r.org_id AND",
    );
    const forged = database().worker.query(`${again} ORDER BY u.position DESC LIMIT 1`, [fixtures[1]!.orgId]);
    await expect(forged).rejects.toMatchObject({ constraint: "audit_seals_entry_id_key" });
  });

  test.each(["UPDATE audit_seals SET hash = hash", "DELETE FROM audit_seals", "TRUNCATE audit_seals"])(
    "%s, by every role",
    async (sql) => {
      const { app, worker, owner } = database();
      for (const role of [app, worker, owner]) {
        await expect(role.query(sql)).rejects.toMatchObject({ code: "42501" });
      }
    },
  );

  test("sealing, or preventing it, by the web server", async () => {
    await write(fixtures[1]!);
    const { app } = database();
    await expect(app.query(SEAL, [fixtures[1]!.orgId])).rejects.toMatchObject({ code: "42501" });
    await expect(app.query("DELETE FROM audit_unsealed")).rejects.toMatchObject({ code: "42501" });
    expect(await seal()).toBe(1);
  });
});

test("entry that can't be sealed: logged and skipped, without delaying others", async () => {
  const { owner } = database();
  const told = vi.spyOn(log, "error").mockReturnValue();
  const insert = (id: string, at: string) =>
    owner.query(
      `INSERT INTO audit_entries (id, org_id, action, occurred_at, actor_type, actor_id, actor_name, target_type, target_id,
         target_label, source, request_id, meta)
       VALUES ($1, $2, 'model.updated', ${at}, 'system', $2, 'x', 'model', $2, 'x', 'system', 'req_x', '{"reason": null, "ticket": null}')`,
      [id, fixtures[0]!.orgId],
    );
  const [missing, timeless, sealed] = [
    "00000000-0000-7000-8000-000000000001",
    "00000000-0000-7000-8000-000000000002",
    (await readTrail())[0]!.id,
  ];
  await owner.query(
    "INSERT INTO audit_unsealed (entry_id, occurred_at, target_id, action) VALUES ($1, now(), $1, 'model.updated')",
    [missing],
  );
  await owner.query("ALTER TABLE audit_entries DROP CONSTRAINT audit_entries_occurred_at");
  await insert(timeless, "'-infinity'");
  await insert(sealed, "now() + interval '1 month'");
  await write(fixtures[0]!, { isGood: true });

  const passedOver = new Set<string>();
  const counts = [];
  for (let round = 0; round < 5; round++) counts.push(await seal(1, passedOver));
  expect(counts).toEqual([0, 0, 0, 1, 0]);
  expect(passedOver).toEqual(new Set([missing, timeless, sealed]));
  expect(told.mock.calls.map(([fields]) => fields)).toEqual(
    [missing, timeless, sealed].map((entry_id) => ({ entry_id, err: expect.any(Error) })),
  );
  vi.restoreAllMocks();
  await owner.query(`ALTER TABLE audit_entries DETACH PARTITION audit_months.audit_entries_past;
    TRUNCATE audit_unsealed`);
  expect((await readTrail()).findLast(({ chain }) => chain)!.meta).toMatchObject({ isGood: true });
});

test("two sealers at once: never fork a chain; one fails, and its entries are sealed later", async () => {
  for (let index = 0; index < 40; index++) await write(fixtures[index % 3]!);
  const clients = await Promise.all([1, 2, 3, 4].map(() => database().worker.connect()));
  const settled = await Promise.allSettled(clients.map((client: pg.ClientBase) => sealEntries(client, 10)));
  clients.forEach((client) => client.release());
  expect(settled.some(({ status }) => status === "fulfilled")).toBe(true);
  while ((await seal(10)) > 0);
  const { rows } = await database().owner.query<{ count: number; highest: number; links: number }>(`
    SELECT count(*)::int AS count, max(position)::int AS highest,
      (SELECT count(*)::int FROM audit_seals s JOIN audit_seals p
        ON p.org_id = s.org_id AND p.sequence = s.sequence - 1 AND p.hash = s.previous_hash) AS links
    FROM audit_seals`);
  const { count, highest, links } = rows[0]!;
  expect(highest).toBe(count);
  expect(links).toBe(count - 3);
});
