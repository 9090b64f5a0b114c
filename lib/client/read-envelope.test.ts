import { expect, test } from "vitest";
import { ErrorEnvelope } from "@/lib/contract/errors";
import { readEnvelope } from "./read-envelope";

const item = { type: "missing", loc: ["body", 0], msg: "Give a reason." };

test.each([
  ["an error", { code: "CONFLICT", message: "It conflicts.", errors: null }],
  ["an error with items", { code: "VALIDATION_ERROR", message: "No.", errors: [item] }],
  ["more than an error", { code: "CONFLICT", message: "It conflicts.", errors: null, hint: "x" }],
  ["no errors field", { code: "CONFLICT", message: "It conflicts." }],
  ["a malformed item", { code: "CONFLICT", message: "It conflicts.", errors: [{ type: "x" }] }],
  ["errors that aren't a list", { code: "CONFLICT", message: "It conflicts.", errors: "none" }],
  ["a numeric code", { code: 1, message: "It conflicts.", errors: null }],
  ["a proxy's page", undefined],
  ["null", null],
  ["a text", "Bad gateway"],
  ["a list", []],
])("read envelope: %s, same result as the contract's schema", (_name, json) => {
  const expected = ErrorEnvelope.safeParse(json);
  expect(readEnvelope(json)).toEqual(expected.success ? expected.data : undefined);
});
