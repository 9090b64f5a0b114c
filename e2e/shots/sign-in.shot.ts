import { SIGNED_OUT } from "@/e2e/browser/agent-test";
import { visit } from "@/e2e/browser/visit";
import { photograph } from "./photograph";
import { expect, test } from "./shot-test";

test.use({ storageState: SIGNED_OUT });

test("sign-in", async ({ page }) => {
  await visit(page, "/sign-in");
  await photograph(page);
});

test("sign-in--nothing-entered", async ({ page }) => {
  await visit(page, "/sign-in");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText("Enter your email address.")).toBeVisible();
  await photograph(page);
});

test("sign-in--refused", async ({ page }) => {
  await visit(page, "/sign-in");
  await page.getByLabel("Email").fill("nobody@staff.example");
  await page.getByLabel("Password").fill("wrong");
  await page.keyboard.press("Enter");
  await expect(page.getByText("don’t match an active account")).toBeVisible();
  await photograph(page);
});
