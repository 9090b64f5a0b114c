import { expect, test } from "vitest";
import { ApiError, ConnectionError } from "./api-error";
import { placeProblems } from "./place-problems";

const FIELDS = ["name", "reach", "owner_id"] as const;

const refused = (...items: [loc: (string | number)[], msg: string][]) =>
  new ApiError(
    422,
    "VALIDATION_ERROR",
    "A field of the request is not valid.",
    items.map(([loc, msg]) => ({ type: "value_error", loc, msg })),
    "req_1",
  );

test.each([
  [["body", "name"], { name: "No." }],
  [["body", "reach", "org_ids", 0], { reach: "No." }],
  [["body", "service", "owner_id"], { owner_id: "No." }],
])("problem at %j: goes to its field", (loc, at) => {
  expect(placeProblems(refused([loc, "No."]), FIELDS)).toEqual({ at, rest: null });
});

test("two problems at one field: the first is shown", () => {
  const error = refused([["body", "name"], "First."], [["body", "name"], "Second."]);
  expect(placeProblems(error, FIELDS).at).toEqual({ name: "First." });
});

test.each([
  ["another field", ["body", "scopes"]],
  ["the address", ["path", "name"]],
  ["no place", []],
])("problem at %s: stays with the form, with the request id", (_place, loc) => {
  const { at, rest } = placeProblems(refused([["body", "name"], "No."], [loc, "Not this."]), FIELDS);
  expect(at).toEqual({ name: "No." });
  expect(rest).toMatchObject({ message: "Not this.", requestId: "req_1" });
});

test("error without items: stays with the form", () => {
  for (const error of [new ConnectionError(), new ApiError(500, "INTERNAL_ERROR", "Oops.", null, null), null])
    expect(placeProblems(error, FIELDS)).toEqual({ at: {}, rest: error });
});
