import { expect, test } from "vitest";
import { ApiError, ConnectionError } from "./api-error";
import { isOutcomeKnown } from "./is-outcome-known";

const refused = (status: number, type?: string) =>
  new ApiError(status, "CODE", "A sentence.", type ? [{ type, loc: [], msg: "A sentence." }] : null, null);

test.each([400, 401, 403, 404, 409, 413, 422])(
  "a refusal with %i settles that nothing was done",
  (status) => {
    expect(isOutcomeKnown(refused(status))).toBe(true);
  },
);

test.each([408, 429, 500, 502, 503, 504])("after %i the request may have been done", (status) => {
  expect(isOutcomeKnown(refused(status))).toBe(false);
});

test("a request that is still under way is not settled by the answer to its repetition", () => {
  expect(isOutcomeKnown(refused(409, "idempotency_key_in_use"))).toBe(false);
  expect(isOutcomeKnown(refused(409, "self_action_forbidden"))).toBe(true);
});

test("no answer, and one that can't be read, settle nothing", () => {
  expect(isOutcomeKnown(new ConnectionError())).toBe(false);
  expect(isOutcomeKnown(new SyntaxError("Unexpected end"))).toBe(false);
});
