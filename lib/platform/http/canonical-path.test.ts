import { expect, test } from "vitest";
import { canonicalPath } from "./canonical-path";

const ID = "01a21356-15cc-71f6-a753-45e2b7a7e392";
const of = (id: string) => `/v1/admin/runs/${id}/cancellation`;

test.each([
  ["as we write it", of(ID)],
  ["in upper case", of(ID.toUpperCase())],
  ["with needless escapes", of(`%30${ID.slice(1).replaceAll("-", "%2D")}`)],
  ["with both", of(`0%31${ID.slice(2).toUpperCase()}`)],
])("id %s: same path", (_spelling, path) => expect(canonicalPath(path)).toBe(of(ID)));

test("other segments: keep their case and encoded slashes", () => {
  expect(canonicalPath("/v1/models/Google/nano%2dbanana/runs")).toBe("/v1/models/Google/nano-banana/runs");
  expect(canonicalPath("/v1/models/a%2fb/runs")).toBe("/v1/models/a%2Fb/runs");
  expect(canonicalPath("/v1/models/a/b/runs")).not.toBe(canonicalPath("/v1/models/a%2fb/runs"));
});
