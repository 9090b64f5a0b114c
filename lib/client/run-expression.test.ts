import { expect, test } from "vitest";
import { parseQuery } from "@/lib/query/parse-query";
import { toExpression } from "./run-expression";
import { hasFilters, NO_FILTERS, readRunFilters, writeRunFilters } from "./run-filters";

const now = new Date("2026-05-23T12:00:00Z");
const orgs = [{ id: "0196f000-0000-7000-8000-000000000001", name: "Halden", slug: "halden" }];

test("an address reads back as it was written", () => {
  const filters = readRunFilters({
    status: "running,queued",
    model: "a/b",
    org: "halden",
    source: "api",
    age: "over-1h",
    q: "cost>1",
    sort: "created_at:asc",
  });
  expect(readRunFilters(writeRunFilters(filters))).toEqual(filters);
});

test("what an address says wrongly is left out", () => {
  expect(readRunFilters({ status: "dancing", age: "toString", source: "fax", sort: "cost" })).toEqual(
    NO_FILTERS,
  );
});

test("the order alone is no filter", () => {
  expect(hasFilters({ ...NO_FILTERS, sort: "created_at:asc" })).toBe(false);
  expect(hasFilters({ ...NO_FILTERS, age: "1h" })).toBe(true);
});

test("no filters ask for everything", () => {
  expect(toExpression(NO_FILTERS, orgs, now)).toBe("");
});

test("all filters together are an expression that the API understands", () => {
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

test("a customer that is not known matches nothing rather than everything", () => {
  expect(toExpression({ ...NO_FILTERS, org: ["nobody"] }, orgs, now)).toBe(
    "org_id:'00000000-0000-0000-0000-000000000000'",
  );
});

test("quotation marks in a value stay in the value", () => {
  const expression = toExpression({ ...NO_FILTERS, model: ["x' OR cost>0 OR model:'y\\"] }, orgs, now);
  expect(parseQuery(expression)).toEqual({
    kind: "compare",
    field: "model",
    op: "eq",
    value: "x' OR cost>0 OR model:'y\\",
  });
});
