import { expect, test } from "vitest";
import { paths, safeNext } from "./paths";

test("a path leaves out what is empty", () => {
  expect(paths.runs({ q: "", status: "running", org: undefined })).toBe("/runs?status=running");
});

test.each(["/runs?status=running#top", "/audit/1"])("a sign-in leads back to %s", (next) => {
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
])("a sign-in never leads out of the console: %j", (next) => {
  const url = new URL(safeNext(next), "https://console.example");
  expect(url.origin).toBe("https://console.example");
});
