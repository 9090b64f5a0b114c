import { expect, test } from "vitest";
import { ApiError, ConnectionError } from "./api-error";
import { isOutcomeKnown } from "./is-outcome-known";

const refused = (status: number, type?: string) =>
  new ApiError(status, "CODE", "A sentence.", type ? [{ type, loc: [], msg: "A sentence." }] : null, null);

test.each([400, 401, 403, 404, 409, 413, 422])("%i: nothing was done", (status) => {
  expect(isOutcomeKnown(refused(status))).toBe(true);
});

test.each([408, 429, 500, 502, 503, 504])("%i: outcome unknown", (status) => {
  expect(isOutcomeKnown(refused(status))).toBe(false);
});

test("idempotency_key_in_use: the first request's outcome is still unknown", () => {
  expect(isOutcomeKnown(refused(409, "idempotency_key_in_use"))).toBe(false);
  expect(isOutcomeKnown(refused(409, "self_action_forbidden"))).toBe(true);
});

test("lost or unreadable response: outcome unknown", () => {
  expect(isOutcomeKnown(new ConnectionError())).toBe(false);
  expect(isOutcomeKnown(new SyntaxError("Unexpected end"))).toBe(false);
});
