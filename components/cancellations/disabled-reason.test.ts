import { expect, test } from "vitest";
import { RUN_STATUSES, isTerminal } from "@/lib/states/run";
import { findDisabledReason } from "./disabled-reason";

const viewer = { id: "me", mayCancel: true };

test.each(RUN_STATUSES)("%s run: gives a reason if it can't be canceled", (status_code) => {
  expect(findDisabledReason({ status_code, created_by: "someone" }, viewer) !== undefined).toBe(
    isTerminal(status_code),
  );
});

test("person without the permission: the reason is the role", () => {
  expect(
    findDisabledReason({ status_code: "running", created_by: null }, { ...viewer, mayCancel: false }),
  ).toMatch(/role/);
});

test("own run: someone else has to cancel it", () => {
  expect(findDisabledReason({ status_code: "running", created_by: "me" }, viewer)).toMatch(
    /Someone else has to cancel it/,
  );
});
