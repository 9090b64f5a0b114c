import { expect, test } from "vitest";
import { paths, safeNext } from "./paths";

test("path: omits empty parameters", () => {
  expect(paths.runs({ q: "", status: "running", org: undefined })).toBe("/runs?status=running");
});

test.each(["/runs?status=running#top", "/audit/1"])("after sign-in: returns to %s", (next) => {
  expect(safeNext(next)).toBe(next);
});

test.each([
  undefined,
  "",
  "runs",
  "//evil.example/x",
  "/\\evil.example",
  "https://evil.example",
  "javascript:alert(1)",
  "/\t/evil.example",
  "/.//evil.example/x",
  "/x/..//evil",
  "/.\\evil",
  "/./\\evil",
  "/%2e//evil.example",
  "/x/%2E%2e//evil.example",
  "/runs?next=\\evil",
  "/runs#\\evil",
])("after sign-in: never leaves the console: %j", (next) => {
  const path = safeNext(next);
  expect(new URL(path, "https://console.example").origin).toBe("https://console.example");
  expect(path).toMatch(/^\/[^/\\][^\\]*$/);
});
