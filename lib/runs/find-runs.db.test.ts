import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { Run, RunListQuery, type RunPage } from "@/lib/contract/runs";
import { Refusal } from "@/lib/platform/errors";
import type { Reach } from "@/lib/states/caller";
import { RUN_SORT_FIELDS } from "@/lib/states/run";
import { useDatabase } from "@/test/database";
import { seedFixture, type Fixture } from "@/test/fixture";
import { findRuns } from "./find-runs";
import { getRun } from "./get-run";

vi.mock("@/lib/platform/env/env", () => ({
  env: () => ({ CURSOR_SECRET: "the secret of this test, long enough" }),
}));

const database = useDatabase();
const ALL = { all: true } as Reach;
const ROWS = 240;
let fixtures: Fixture[];

beforeAll(async () => {
  const { owner } = database();
  fixtures = [await seedFixture(owner), await seedFixture(owner), await seedFixture(owner)];
  for (const fixture of fixtures) await insertRuns(fixture, ROWS / 3);
});

/** Many ties and nulls in every sortable column. */
async function insertRuns({ orgId, modelId, model }: Fixture, count: number): Promise<void> {
  await database().owner.query(
    `INSERT INTO runs (id, org_id, model_id, model, source_code, status_code, input, output, cost, request_id, metadata,
       created_at, started_at, completed_at, duration_ms)
     SELECT gen_random_uuid(), $1, $2, $3, 'api', status, '{"n":1.0}',
       CASE WHEN status = 'succeeded' THEN '{"outputs":[]}'::json END,
       CASE WHEN status = 'succeeded' THEN (ARRAY[0.1, 0.35, 0.018])[1 + n % 3] END, 'req_' || n, '{"k":"v"}',
       at, CASE WHEN status >= 'running' AND n % 5 > 0 THEN at + n % 2 * interval '1 s' END,
       CASE WHEN is_terminal(status) THEN at + 1000 * (1 + n % 3) * interval '1 ms' END,
       CASE WHEN is_terminal(status) THEN 1000 * (1 + n % 3) END
     FROM (SELECT n, timestamptz '2026-04-01 00:00+00' + (n / 7) * interval '1 minute' AS at,
         (ARRAY['queued', 'running', 'succeeded', 'failed', 'succeeded', 'canceled'])[1 + n % 6]::run_status AS status
       FROM generate_series(1, $4) n)`,
    [orgId, modelId, model, count],
  );
}

const list = (over: Record<string, unknown> = {}, reach = ALL): Promise<RunPage> =>
  findRuns(database().db, reach, RunListQuery.parse(over));

const idsOf = ({ items }: RunPage): string[] => items.map(({ id }) => id!);

/** Reads every page in one direction, starting with the first. */
async function walk(
  over: Record<string, unknown>,
  reach = ALL,
  betweenPages = async () => {},
): Promise<RunPage[]> {
  const pages = [await list(over, reach)];
  for (let next = pages[0]!.next; next; next = pages.at(-1)!.next) {
    await betweenPages();
    pages.push(await list({ ...over, pq: next }, reach));
  }
  return pages;
}

async function walkBack(last: RunPage, over: Record<string, unknown>, reach = ALL): Promise<RunPage[]> {
  const pages: RunPage[] = [];
  for (let previous = last.previous; previous; previous = pages[0]!.previous) {
    pages.unshift(await list({ ...over, pq: previous, from_prev: "true" }, reach));
  }
  return pages;
}

/** PostgreSQL's own order without paging, nulls last. */
async function orderedIds(sortBy: string, where = "TRUE"): Promise<string[]> {
  const terms = sortBy.split(",").map((term) => term.split(":"));
  const order = terms.map(([field, direction = "asc"]) => `${field} ${direction} NULLS LAST`);
  const sql = `SELECT id FROM runs WHERE ${where} ORDER BY ${order.join()}, id ${terms.at(-1)![1] ?? "asc"}`;
  const { rows } = await database().owner.query<{ id: string }>(sql);
  return rows.map(({ id }) => id);
}

describe("order and pages", () => {
  const single = RUN_SORT_FIELDS.flatMap((field) => [`${field}:asc`, `${field}:desc`]);
  const several = [
    "cost:desc,created_at:desc",
    "cost,duration_ms:desc,completed_at",
    "created_at:desc,started_at",
    "started_at:desc,cost:desc",
    "completed_at,cost:desc",
    "duration_ms:desc,started_at:desc,cost:desc,created_at:desc,completed_at:desc",
  ];
  test.each([...single, ...several])("each run once, forward and back: %s", async (sort_by) => {
    const expected = await orderedIds(sort_by);
    for (const limit of [7, 60]) {
      const over = { sort_by, limit };
      const pages = await walk(over);
      expect(pages.flatMap(idsOf)).toEqual(expected);
      expect(pages[0]!.previous).toBeNull();
      const back = await walkBack(pages.at(-1)!, over);
      expect(back.map(idsOf)).toEqual(pages.slice(0, -1).map(idsOf));
      const [page, following] = [back[0]!, await list({ ...over, pq: back[0]!.next })];
      expect(idsOf(following)).toEqual(idsOf(pages[1]!));
      expect(idsOf(await list({ ...over, pq: page.first }))).toEqual(idsOf(pages[0]!));
    }
  });

  test.each(["created_at:desc", "cost:desc,created_at"])(
    "each run once, within a reach and a filter: %s",
    async (sort_by) => {
      const orgIds = fixtures.slice(0, 2).map(({ orgId }) => orgId);
      for (const reached of [orgIds, orgIds.slice(1)]) {
        const where = `org_id IN (${reached.map((id) => `'${id}'`).join()})`;
        const reach: Reach = { all: false, orgIds: reached };
        const pages = await walk({ sort_by, limit: 9 }, reach);
        expect(pages.flatMap(idsOf)).toEqual(await orderedIds(sort_by, where));
        const over = { sort_by, limit: 4, q: "NOT status_code:succeeded AND metadata.k:v" };
        const filtered = await walk(over, reach);
        expect(filtered.flatMap(idsOf)).toEqual(
          await orderedIds(sort_by, `${where} AND status_code <> 'succeeded'`),
        );
        expect((await walkBack(filtered.at(-1)!, over, reach)).map(idsOf)).toEqual(
          filtered.slice(0, -1).map(idsOf),
        );
      }
    },
  );
});

describe("while runs are created", () => {
  test.each(["created_at:desc", "created_at:asc", "duration_ms:desc"])(
    "no run missed or repeated: %s",
    async (sort_by) => {
      const before = await orderedIds(sort_by);
      const pages = await walk({ sort_by, limit: 20 }, ALL, () => insertRuns(fixtures[0]!, 6));
      const met = pages.flatMap(idsOf);
      expect(new Set(met).size).toBe(met.length);
      const old = new Set(before);
      expect(met.filter((id) => old.has(id))).toEqual(before);
      const back = await walkBack(pages.at(-1)!, { sort_by, limit: 20 });
      const metAgain = [...back.flatMap(idsOf), ...idsOf(pages.at(-1)!)];
      expect(new Set(metAgain).size).toBe(metAgain.length);
      expect(metAgain.filter((id) => old.has(id))).toEqual(before);
      expect(metAgain).toEqual(await orderedIds(sort_by));
    },
  );

  test("control: offset paging would repeat runs", async () => {
    const page = async (offset: number) => {
      const sql = `SELECT id FROM runs ORDER BY created_at DESC, id DESC LIMIT 20 OFFSET ${offset}`;
      return (await database().owner.query<{ id: string }>(sql)).rows.map(({ id }) => id);
    };
    const first = await page(0);
    const comesFirst = `UPDATE runs SET created_at = now() + interval '1 day' WHERE id = (
      SELECT id FROM runs WHERE status_code = 'queued' AND id <> ALL($1) LIMIT 1)`;
    expect((await database().owner.query(comesFirst, [first])).rowCount).toBe(1);
    const met = [...first, ...(await page(20))];
    expect(new Set(met).size).toBeLessThan(met.length);
  });

  test("back from a page whose runs are gone: continues from their place", async () => {
    const { owner } = database();
    const fixture = await seedFixture(owner);
    await insertRuns(fixture, 6);
    const over = { q: `org_id:${fixture.orgId} AND metadata.k:v`, limit: 2 };
    const [first, second, third] = await walk(over);
    const change = "UPDATE runs SET metadata = $2 WHERE id = ANY($1)";
    await owner.query(change, [idsOf(third!), null]);
    const gone = await list({ ...over, pq: second!.next });
    expect(gone).toMatchObject({ items: [], next: null });
    expect(idsOf(await list({ ...over, pq: gone.previous }))).toEqual(idsOf(second!));
    await owner.query(change, [idsOf(first!), null]);
    const before = await list({ ...over, pq: second!.previous });
    expect(before).toMatchObject({ items: [], previous: null });
    expect(idsOf(await list({ ...over, pq: before.next }))).toEqual(idsOf(second!));
  });
});

describe("an item", () => {
  test("equals the run as read alone", async () => {
    const { items } = await list({ limit: 5 });
    for (const item of items) expect(item).toEqual(await getRun(database().db, ALL, item.id!));
  });

  test.each(Object.keys(Run.shape))("projected to %s and the id", async (field) => {
    const whole = await list({ limit: 5 });
    const cut = await list({ limit: 5, fields: field });
    expect(cut.items).toEqual(
      whole.items.map((run) => ({ id: run.id, [field]: run[field as keyof typeof run] })),
    );
  });
});

describe("a reach", () => {
  test("without organizations: sees nothing; filtering by one out of reach is not an error", async () => {
    expect(await list({}, { all: false, orgIds: [] })).toMatchObject({
      items: [],
      next: null,
      previous: null,
    });
    expect(await list({ sort_by: "cost" }, { all: false, orgIds: [] })).toMatchObject({ items: [] });
    const reach: Reach = { all: false, orgIds: [fixtures[0]!.orgId] };
    expect(await list({ q: `org_id:${fixtures[1]!.orgId}` }, reach)).toMatchObject({ items: [] });
    expect(await list({ q: `NOT org_id:${fixtures[0]!.orgId} OR id:${randomUUID()}` }, reach)).toMatchObject({
      items: [],
    });
  });

  test("narrowed between pages: the cursor continues from the same place", async () => {
    const { next } = await list({ limit: 3 });
    const { items } = await list({ limit: 500, pq: next }, { all: false, orgIds: [fixtures[0]!.orgId] });
    expect(items.every(({ org_id }) => org_id === fixtures[0]!.orgId)).toBe(true);
  });
});

describe("refused", () => {
  const refusal = async (over: Record<string, unknown>): Promise<unknown> => {
    const error: unknown = await list(over).catch((thrown: unknown) => thrown);
    if (!(error instanceof Refusal)) throw new Error("nothing was refused");
    return error.options.errors?.[0]?.loc;
  };

  test("a cursor of another filter or order, or a foreign one", async () => {
    const { next } = await list({ limit: 2, q: "status_code:running" });
    for (const over of [
      {},
      { q: "status_code:queued" },
      { q: "status_code:running", sort_by: "created_at:asc" },
    ]) {
      expect(await refusal({ ...over, pq: next })).toEqual(["query", "pq"]);
    }
    expect(await refusal({ pq: `${next}x`, q: "status_code:running" })).toEqual(["query", "pq"]);
    expect(await refusal({ pq: "" })).toEqual(["query", "pq"]);
  });

  test("accepts the same filter and order in other words, another limit, other fields", async () => {
    const { next } = await list({ limit: 2, q: "status_code:canceled" });
    const over = {
      q: " ( status_code='cancelled' )",
      sort_by: " created_at:desc",
      limit: 3,
      fields: "id",
      pq: next,
    };
    expect((await list(over)).items).toHaveLength(3);
  });

  test("from_prev against the cursor's direction", async () => {
    const { first, next } = await list({ limit: 2 });
    const { previous } = await list({ limit: 2, pq: next });
    expect(await refusal({ from_prev: "true" })).toEqual(["query", "from_prev"]);
    expect(await refusal({ limit: 2, pq: next, from_prev: "true" })).toEqual(["query", "from_prev"]);
    expect(await refusal({ limit: 2, pq: first, from_prev: "true" })).toEqual(["query", "from_prev"]);
    expect(await refusal({ limit: 2, pq: previous, from_prev: "false" })).toEqual(["query", "from_prev"]);
    expect((await list({ limit: 2, pq: previous, from_prev: "true" })).items).toHaveLength(2);
    expect((await list({ limit: 2, pq: previous })).items).toHaveLength(2);
  });

  test.each([
    ["q", "model:"],
    ["sort_by", "input"],
    ["fields", "secret"],
  ])("a wrong %s: %s", async (name, value) => {
    expect(await refusal({ [name]: value })).toEqual(["query", name]);
  });
});
