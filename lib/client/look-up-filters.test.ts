import { expect, test } from "vitest";
import { toListFilters } from "./look-up-filters";

const orgs = [
  { id: "1", slug: "nordlicht" },
  { id: "2", slug: "papaya" },
];

test.each([
  ["org_id:2", { org: "papaya" }],
  ["org_id:1 OR org_id:2", { org: "nordlicht,papaya" }],
  ["org_id:3", { q: "org_id:3" }],
  ["org_id:1 OR org_id:3", { q: "org_id:1 OR org_id:3" }],
  ["org_id:1 OR cost>1", { q: "org_id:1 OR cost>1" }],
  ["client_ref:'a OR b'", { q: "client_ref:'a OR b'" }],
])("%s: list filters %j", (q, filters) => {
  expect(toListFilters(q, orgs)).toEqual(filters);
});
