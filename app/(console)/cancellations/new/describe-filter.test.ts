import { expect, test } from "vitest";
import { parseQuery } from "@/lib/platform/query/parse-query";
import { describeFilter } from "./describe-filter";

const ORG = "01a2105b-b058-7603-bcd5-4e7603b8ed86";
const describeText = (q: string) =>
  describeFilter(parseQuery(q)!, { [ORG]: "Nordlicht Studio" }).map(({ name, value }) => `${name}: ${value}`);

test.each([
  ["model:'a/b'", ["Model: a/b"]],
  [
    `(org_id:${ORG}) AND (status_code:queued OR status_code:running)`,
    ["Customer: Nordlicht Studio", "Status: Queued or Running"],
  ],
  ["created_at<'2026-11-30T07:00:00Z'", ["Created: before 2026-11-30 07:00:00.000 UTC"]],
  ["cost>0.5 AND client_ref:null", ["Cost (USD): over 0.5", "Client ref: none"]],
  ["NOT model:'a/b'", ["Except: model a/b"]],
  ["model:'a/b' OR cost>1", ["Also: model a/b or cost (usd) over 1"]],
  ["metadata.tenant:'shop 7'", ["Also: metadata tenant shop 7"]],
])("describe filter %s: in words", (q, lines) => {
  expect(describeText(q)).toEqual(lines);
});

test("describe filter with many values: counts the rest", () => {
  const q = ["a", "b", "c", "d", "e"].map((name) => `client_ref:${name}`).join(" OR ");
  expect(describeText(q)).toEqual(["Client ref: a, b, c or 2 more"]);
});
