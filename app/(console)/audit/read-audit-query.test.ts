import { describe, expect, test } from "vitest";
import { NO_AUDIT_FILTERS, readAuditFilters } from "@/lib/client/audit-filters";
import { TOO_SHORT_TO_SEARCH } from "@/lib/contract/audit";
import { readAuditQuery } from "./read-audit-query";

const ID = "01a2105b-b058-7603-bcd5-4e7603b8ed86";
const ORGS = [{ id: ID, slug: "acme" }];
const read = (params: Record<string, string>) => readAuditQuery(readAuditFilters(params), ORGS, undefined);

describe("audit URL", () => {
  test("becomes an API query", () => {
    expect(read({}).query).toEqual({ limit: 50 });
    const params = { actor: ID, org: "acme", action: "run.cancelled", ticket: " #1 ", reason: "stuck" };
    expect(read(params).query).toEqual({
      actor_id: ID,
      org_id: ID,
      action: ["run.cancelled"],
      ticket: "#1",
      reason: "stuck",
      limit: 50,
    });
    expect(read({ org: "nobody" }).query?.org_id).not.toBe(ID);
  });

  test.each([
    ["2026-04-30", "2026-05-01"],
    ["2028-02-28", "2028-02-29"],
    ["2026-12-31", "2027-01-01"],
    ["9999-12-30", "9999-12-31"],
    ["9999-12-31", undefined],
  ])("includes the whole day %s, up to %s", (to, expected) => {
    const { query } = read({ from: "2026-04-01", to });
    expect(query).toBeDefined();
    expect(query?.to).toBe(expected);
    expect(query?.from).toBe("2026-04-01");
  });

  test.each([
    [{ actor: "Ada" }, ["actor"]],
    [{ ticket: "#".repeat(301) }, ["ticket"]],
    [{ reason: "a\0b" }, ["reason"]],
    [{ from: "2026-02-30" }, ["from"]],
    [{ from: "0000-01-01" }, ["from"]],
    [{ from: "yesterday", to: "2026-02-30" }, ["from", "to"]],
    [{ to: "10000-01-01", actor: "x" }, ["actor", "to"]],
    [{ action: "run.deleted" }, ["action"]],
  ])("with an invalid filter: names it: %j", (params, expected) => {
    const { query, problems } = read(params as Record<string, string>);
    expect(query).toBeUndefined();
    expect(Object.keys(problems ?? {}).sort()).toEqual(expected);
  });

  test("with a text too short to search: names the problem", () => {
    expect(read({ reason: "zq" }).problems).toEqual({ reason: TOO_SHORT_TO_SEARCH });
    expect(read({ reason: "zq".repeat(300) }).problems?.reason).toContain("Shorten it");
  });

  test("without parameters: no filters", () => {
    expect(readAuditFilters({})).toEqual(NO_AUDIT_FILTERS);
  });
});
