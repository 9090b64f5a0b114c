import { expect, test } from "vitest";
import { parseQuery } from "@/lib/platform/query/parse-query";
import { cancelExpression, stuckExpression } from "./cancel-expression";
import { toExpression } from "./run-expression";
import { clearFilters, hasFilters, NO_FILTERS, readRunFilters, writeRunFilters } from "./run-filters";
import { SORTS } from "./run-order";

const LIVE = "(status_code:queued OR status_code:dispatching OR status_code:running)";
const now = new Date("2026-05-23T12:00:00Z");
const orgs = [{ id: "0196f000-0000-7000-8000-000000000001", name: "Halden", slug: "halden" }];

test("URL: reads back as written", () => {
  const filters = readRunFilters({
    status: "running,queued",
    model: "a/b",
    org: "halden",
    source: "api",
    age: "over-1h",
    q: "cost>1",
    sort: "cost:asc",
    columns: "cost,request_id",
    density: "compact",
  });
  expect(filters).toMatchObject({ sort: "cost:asc", columns: ["request_id", "cost"], density: "compact" });
  expect(readRunFilters(writeRunFilters(filters))).toEqual(filters);
});

test("URL: drops invalid values", () => {
  expect(
    readRunFilters({
      status: "dancing",
      age: "toString",
      source: "fax",
      sort: "cost",
      columns: "x",
      density: "y",
    }),
  ).toEqual(NO_FILTERS);
});

test("URL: omits defaults, and distinguishes no columns from the default columns", () => {
  expect(Object.values(writeRunFilters(NO_FILTERS)).join("")).toBe("");
  const none = writeRunFilters({ ...NO_FILTERS, columns: [] });
  expect(none["columns"]).toBe("none");
  expect(readRunFilters(none).columns).toEqual([]);
  const all = {
    ...NO_FILTERS,
    columns: readRunFilters({ columns: "cost,duration,created,client_ref,customer,model" }).columns,
  };
  expect(writeRunFilters(all)["columns"]).toBe("");
});

test("URL: every sort order reads back", () => {
  for (const sort of SORTS) expect(readRunFilters(writeRunFilters({ ...NO_FILTERS, sort })).sort).toBe(sort);
});

test("clear filters: keeps sort, columns and density", () => {
  const shown = { ...NO_FILTERS, sort: "cost:asc", columns: [], density: "compact" } as const;
  expect(hasFilters(shown)).toBe(false);
  expect(clearFilters({ ...shown, q: "cost>1" } as typeof shown)).toEqual(shown);
  expect(hasFilters({ ...NO_FILTERS, age: "1h" })).toBe(true);
});

test("expression: no filters match everything", () => {
  expect(toExpression(NO_FILTERS, orgs, now)).toBe("");
});

test("expression: the API parses all filters together", () => {
  const filters = readRunFilters({
    status: "running,queued",
    model: "a/b",
    org: "halden",
    source: "api",
    age: "1h",
    q: "cost>1 OR cost<0.5",
  });
  const expression = toExpression(filters, orgs, now);
  expect(expression).toBe(
    "(cost>1 OR cost<0.5) AND (status_code:'queued' OR status_code:'running') AND model:'a/b' AND " +
      "org_id:'0196f000-0000-7000-8000-000000000001' AND source_code:'api' AND created_at>='2026-05-23T11:00:00.000+00:00'",
  );
  expect(() => parseQuery(expression)).not.toThrow();
});

test("expression: an unknown customer matches nothing", () => {
  expect(toExpression({ ...NO_FILTERS, org: ["nobody"] }, orgs, now)).toBe(
    "org_id:'00000000-0000-0000-0000-000000000000'",
  );
});

test("expression: escapes quotation marks", () => {
  const expression = toExpression({ ...NO_FILTERS, model: ["x' OR cost>0 OR model:'y\\"] }, orgs, now);
  expect(parseQuery(expression)).toEqual({
    kind: "compare",
    field: "model",
    op: "eq",
    value: "x' OR cost>0 OR model:'y\\",
  });
});

test.each([
  ["no status", "model:'a/b'", { status: [], q: "" }, `model:'a/b' AND ${LIVE}`],
  ["a chosen status", "status_code:'queued'", { status: ["queued"], q: "" }, "status_code:'queued'"],
  ["a typed status", "(status_code:failed)", { status: [], q: "status_code:failed" }, "(status_code:failed)"],
] as const)(
  "runs to cancel, %s: only live ones unless the filters name a status",
  (_name, text, filters, q) => {
    expect(cancelExpression(text, { ...filters, status: [...filters.status] })).toBe(q);
  },
);

test("stuck runs of a model: created before its threshold", () => {
  const model = { slug: "a/b", p95Ms: 60_000, stuckFactor: 2.5 };
  expect(stuckExpression(model, undefined, Date.parse("2026-11-30T07:00:00Z"))).toBe(
    `model:'a/b' AND created_at<'2026-11-30T06:57:30.000Z' AND ${LIVE}`,
  );
});
