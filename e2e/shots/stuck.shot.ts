import { visit } from "@/e2e/browser/visit";
import { makeRun } from "@/test/fixture";
import { photograph } from "./photograph";
import { expect, test } from "./shot-test";

test("stuck", async ({ page, console, fixture }) => {
  const { owner } = console.database;
  await makeRun(owner, fixture, { ageMs: 500_000, status: "queued" });
  await makeRun(owner, fixture, { ageMs: 1_900_000, status: "dispatching" });
  await visit(page, "/runs/stuck");
  await photograph(page);
});

test("stuck--empty", async ({ page }) => {
  await visit(page, "/runs/stuck?model=google/nano-banana-pro");
  await photograph(page);
});

test("stuck--unknown-customer", async ({ page }) => {
  await visit(page, "/runs/stuck?org=nobody");
  await photograph(page);
});

test("stuck--threshold", async ({ admin }) => {
  await visit(admin, "/runs/stuck");
  await admin.getByRole("button", { name: "Stuck threshold…" }).click();
  await expect(admin.getByRole("textbox", { name: "Multiple of p95" })).toBeFocused();
  await photograph(admin);
});

test("stuck--threshold-mistake", async ({ admin }) => {
  await visit(admin, "/runs/stuck");
  await admin.getByRole("button", { name: "Stuck threshold…" }).click();
  const factor = admin.getByRole("textbox", { name: "Multiple of p95" });
  await factor.fill("0.5");
  await factor.press("Enter");
  await expect(admin.getByRole("dialog").getByRole("alert")).toBeVisible();
  await photograph(admin);
});
