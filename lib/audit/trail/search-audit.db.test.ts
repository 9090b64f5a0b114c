import { beforeAll, describe, expect, test, vi } from "vitest";
import { Prisma } from "@/generated/prisma/client";
import { AuditListQuery } from "@/lib/contract/audit";
import type { Reach } from "@/lib/states/caller";
import { fillTrail } from "@/test/audit-trail";
import { useDatabase } from "@/test/database";
import { seedFixture } from "@/test/fixture";
import { findAuditEntries } from "./find-audit-entries";

vi.mock("@/lib/platform/env/env", () => ({
  env: () => ({ CURSOR_SECRET: "the secret of this test, long enough" }),
}));

const database = useDatabase();
const COUNT = 200_000;
let orgIds: string[];

beforeAll(async () => {
  const { owner } = database();
  orgIds = [(await seedFixture(owner)).orgId, (await seedFixture(owner)).orgId];
  await fillTrail(owner, { orgIds, count: COUNT, months: 6 });
}, 120_000);

type Plan = {
  "Node Type": string;
  "Relation Name"?: string;
  "Index Name"?: string;
  Plans?: Plan[];
  "Actual Rows": number;
  "Actual Loops": number;
  "Rows Removed by Filter"?: number;
};

/** Runs the list, and explains each statement that read entries. */
async function explain(over: Record<string, unknown>, reach: Reach = { all: true }) {
  const { db } = database();
  const plans: Plan[][] = [];
  const run = async (sql: Prisma.Sql): Promise<unknown> => {
    const explained = Prisma.sql`EXPLAIN (ANALYZE, FORMAT JSON) ${sql}`;
    const [row] = await db.$queryRaw<{ "QUERY PLAN": { Plan: Plan }[] }[]>(explained);
    const nodes = flatten(row!["QUERY PLAN"][0]!.Plan);
    if (!nodes.some((node) => node["Node Type"] === "CTE Scan")) plans.push(nodes);
    return db.$queryRaw(sql);
  };
  const explaining = new Proxy(db, {
    get: (target, name) => (name === "$queryRaw" ? run : (Reflect.get(target, name) as unknown)),
  });
  const page = await findAuditEntries(explaining, reach, AuditListQuery.parse(over));
  return { page, plans };
}

const flatten = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(flatten)];

/** How many entries were scanned, whether or not they got onto the page. */
const looked = (plan: Plan[]): number =>
  plan
    .filter((node) => node["Relation Name"]?.startsWith("audit_entries"))
    .reduce(
      (sum, node) =>
        sum + (node["Actual Rows"] + (node["Rows Removed by Filter"] ?? 0)) * node["Actual Loops"],
      0,
    );
const total = (plans: Plan[][]): number => plans.reduce((sum, plan) => sum + looked(plan), 0);
const indexes = (plans: Plan[][]): string[] => plans.flat().flatMap((node) => node["Index Name"] ?? []);

/** More entries than any month has, and far fewer than all months. */
const MONTH = 35_000;
/** More than a month has on its first day, when reading all of it is cheaper than its index. */
const NEW_MONTH = 2_000;

describe("text search in reasons", () => {
  test("rare text: found by trigrams in each month", async () => {
    const { page, plans } = await explain({ reason: "A RARE one" });
    expect(page.items).toHaveLength(10);
    expect(plans.length).toBeGreaterThan(5);
    const { rows } = await database().owner.query<{ name: string }>(
      "SELECT indexrelid::regclass::text AS name FROM pg_index JOIN pg_class c ON c.oid = indexrelid JOIN pg_am a ON a.oid = c.relam WHERE amname = 'gin'",
    );
    const trigrams = rows.map(({ name }) => name.split(".").at(-1)!);
    const found = plans.filter((plan) => plan.some((node) => trigrams.includes(node["Index Name"] ?? "")));
    // ANALYZE samples randomly: sometimes a rare reason gets into a month's histogram, and that month is
    // scanned.
    expect(plans.length - found.length).toBeLessThanOrEqual(1);
    expect(total(found)).toBeLessThanOrEqual(10);
    expect(total(plans)).toBeLessThanOrEqual(10 + MONTH);
  });

  test("common text: found among the newest entries", async () => {
    const { page, plans } = await explain({ reason: "common" });
    expect(page.items).toHaveLength(50);
    // On the first day of a month, the newest 50 can be in two.
    expect(plans.length).toBeLessThanOrEqual(2);
    expect(total(plans)).toBeLessThan(NEW_MONTH);
  });

  test("text common long ago: doesn't scan everything later", async () => {
    const { page, plans } = await explain({ reason: "a bygone one" });
    expect(page.items).toHaveLength(50);
    expect(total(plans)).toBeLessThan(MONTH);
  });

  test.each([
    "common",
    "frequent",
    "bygone",
    "rare",
    "zqz",
    "#zq",
    "zq:",
    "nowhere",
    "00%",
    "the customer says that",
  ])("%j: no statement scans more than one month", async (reason) => {
    const { plans } = await explain({ reason });
    for (const plan of plans) expect(looked(plan)).toBeLessThan(MONTH);
  });

  test.each(["zqz", "#zq", "zq:", "zq-1", "z:zq"])(
    "%j, which no one wrote: finds nothing",
    async (reason) => {
      const { page, plans } = await explain({ reason });
      expect(page.items).toEqual([]);
      expect(plans.length).toBeGreaterThan(5);
      expect(total(plans)).toBe(0);
    },
  );

  test("paged forward and back across months, each entry once", async () => {
    const list = (over: object) =>
      findAuditEntries(
        database().db,
        { all: true },
        AuditListQuery.parse({ reason: "a rare one", limit: 4, ...over }),
      );
    const whole = (await list({ limit: 50 })).items.map(({ id }) => id);
    const first = await list({});
    const second = await list({ pq: first.next });
    const third = await list({ pq: second.next });
    expect([first, second, third].flatMap(({ items }) => items.map(({ id }) => id))).toEqual(whole);
    expect(third.next).toBeNull();
    const back = await list({ pq: third.previous });
    expect(back.items).toEqual(second.items);
    expect((await list({ pq: back.previous })).items).toEqual(first.items);
  });

  test("limited reach, other filters and a date range", async () => {
    const reach: Reach = { all: false, orgIds };
    const { page } = await explain({ reason: "a rare one", action: "run.cancelled" }, reach);
    expect(page.items).toHaveLength(10);
    const [newest, , third] = page.items;
    const narrowed = { reason: "rare", from: third!.occurred_at, to: newest!.occurred_at };
    expect((await explain(narrowed, reach)).page.items).toHaveLength(2);
    expect(
      (await explain({ reason: "rare" }, { all: false, orgIds: orgIds.slice(1) })).page.items,
    ).toHaveLength(0);
  });
});

describe("index used for", () => {
  test.each<[string, Record<string, string>, number, RegExp]>([
    ["a ticket", { ticket: "#77" }, 3, /_fold_text_occurred_at_id_idx/],
    ["an action that no one did", { action: "model.updated" }, 0, /_action_occurred_at_id_idx/],
  ])("%s", async (_what, filter, count, index) => {
    const { page, plans } = await explain(filter);
    expect(page.items).toHaveLength(count);
    expect(total(plans)).toBeLessThan(count + NEW_MONTH);
    expect(indexes(plans).filter((name) => index.test(name)).length).toBeGreaterThan(5);
  });
});
