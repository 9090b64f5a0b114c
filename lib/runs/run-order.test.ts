import { expect, test } from "vitest";
import { Refusal } from "@/lib/platform/errors";
import { parseRunOrder } from "./run-order";
import { parseProjection, projectColumns } from "./run-projection";
import { RUN_COLUMNS } from "./run-record";

test("order: parses fields, ascending by default", () => {
  expect(parseRunOrder("created_at").canonical).toBe("created_at:asc");
  const { canonical, keys } = parseRunOrder("cost:desc, created_at:asc");
  expect(canonical).toBe("cost:desc,created_at:asc");
  expect(keys.map(({ column, isDescending }) => [column.sql, isDescending])).toEqual([
    ["r.cost", true],
    ["r.created_at", false],
    ["r.id", false],
  ]);
});

test.each(["", ",", "id", "cost:up", "cost,", "COST", "cost:desc,cost", "created_at desc", "created_at;--"])(
  "order: %j is refused",
  (text) => {
    expect(() => parseRunOrder(text)).toThrow(
      expect.toSatisfy(
        (error) => error instanceof Refusal && error.options.errors?.[0]?.loc.join() === "query,sort_by",
      ),
    );
  },
);

test("projection: always includes the id", () => {
  expect(parseProjection(undefined)).toBeUndefined();
  expect([...parseProjection("model, status_code")!]).toEqual(["id", "model", "status_code"]);
});

test.each(["", "secret", "id,,model", "api_key_id", "constructor"])("projection: %j is refused", (text) => {
  expect(() => parseProjection(text)).toThrow(
    expect.toSatisfy(
      (error) => error instanceof Refusal && error.options.errors?.[0]?.loc.join() === "query,fields",
    ),
  );
});

test("projection: reads large fields only on request", () => {
  expect(projectColumns(undefined).sql).toBe(RUN_COLUMNS.sql);
  const { sql } = projectColumns(parseProjection("metadata"));
  expect(sql).toContain("r.metadata::text");
  for (const field of ["input", "output", "cost_breakdown"]) {
    expect(sql).toContain(`NULL AS ${field}`);
    expect(sql).not.toContain(`r.${field}`);
  }
});
