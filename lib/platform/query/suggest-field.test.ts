import { expect, test } from "vitest";
import { suggestField } from "./suggest-field";

test.each([
  ["customer", "org_id"],
  ["Status", "status_code"],
  ["statuscode", "status_code"],
  ["satus_code", "status_code"],
  ["modle", "model"],
  ["duration", "duration_ms"],
  ["created", "created_at"],
  ["Model", "model"],
])("suggest field: %s suggests %s", (name, field) => {
  expect(suggestField(name)).toBe(field);
});

test.each(["password", "__proto__", "toString", "x"])("suggest field: nothing for %s", (name) => {
  expect(suggestField(name)).toBeUndefined();
});
