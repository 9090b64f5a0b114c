import { expectAccessible } from "./accessible";
import { expect, test } from "./agent-test";
import { visit } from "./visit";

test("reference: found in the navigation, searched, read and copied", async ({ page }) => {
  await visit(page, "/");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "API" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("API reference");
  await expectAccessible(page, "index");
  await page.getByRole("searchbox", { name: "Find an operation" }).fill("cancellation runs.cancel");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\?q=/);
  await page.getByRole("link", { name: /Cancel a run/ }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Cancel a run");
  await expectAccessible(page, "operation");
  const curl = page.getByRole("region", { name: "curl" });
  await curl.getByRole("button", { name: "Copy command" }).click();
  await expect(page.getByText("Copied command.")).toBeAttached();
  await page.getByRole("link", { name: "API reference · Cancellations" }).click();
  await expect(page).toHaveURL(/\/reference#cancellations$/);
});

test("basics and a long schema: accessible, and nothing is wider than a phone", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  for (const path of [
    "/reference",
    "/reference/basics",
    "/reference/createKey",
    "/reference/applyProviderEvent",
  ]) {
    await visit(page, path);
    await expectAccessible(page, path);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  }
});

test("keys page: links to the reference", async ({ page }) => {
  await visit(page, "/keys");
  await page.getByRole("link", { name: "API reference" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("API reference");
});
