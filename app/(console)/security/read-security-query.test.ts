import { expect, test } from "vitest";
import { NO_SECURITY_FILTERS, readSecurityFilters } from "@/lib/client/security-filters";
import { readSecurityQuery } from "./read-security-query";

const ID = "01a2105b-b058-7603-bcd5-4e7603b8ed86";
const read = (params: Record<string, string>) =>
  readSecurityQuery(readSecurityFilters(params), [{ id: ID, slug: "acme" }], undefined);

test("security URL: becomes an API query", () => {
  expect(readSecurityFilters({})).toEqual(NO_SECURITY_FILTERS);
  expect(read({}).query).toEqual({ limit: 50 });
  const params = {
    kind: "sign_in.failed",
    status: "401",
    code: "UNAUTHORIZED",
    actor: ID,
    ip: " ::1 ",
    org: "acme",
  };
  expect(read({ ...params, from: "2026-04-01", to: "2026-04-30" }).query).toEqual({
    kind: "sign_in.failed",
    status: 401,
    code: "UNAUTHORIZED",
    actor_id: ID,
    ip: "::1",
    org_id: ID,
    from: "2026-04-01",
    to: "2026-05-01",
    limit: 50,
  });
  expect(read({ org: "nobody" }).query?.org_id).not.toBe(ID);
});

test.each([
  [{ kind: "x" }, ["kind"]],
  [{ status: "200" }, ["status"]],
  [{ code: "TEAPOT" }, ["code"]],
  [{ actor: "Ada", ip: "here" }, ["actor", "ip"]],
  [{ from: "2026-02-30", to: "tomorrow" }, ["from", "to"]],
])("security URL with an invalid filter: names it: %j", (params, expected) => {
  const { query, problems } = read(params as Record<string, string>);
  expect(query).toBeUndefined();
  expect(Object.keys(problems ?? {}).sort()).toEqual(expected);
});
