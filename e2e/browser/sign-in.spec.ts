import { makePerson, TEST_PASSWORD } from "@/test/credentials";
import { expect, SIGNED_OUT, test } from "./agent-test";
import { visit } from "./visit";

test.describe("without a session", () => {
  test.use({ storageState: SIGNED_OUT });

  test("every page leads to the sign-in, which knows the way back", async ({ page }) => {
    for (const path of ["/runs?status=running&q=cost%3E1", "/runs/x", "/audit?ticket=%234821", "/audit/x"]) {
      await visit(page, path);
      await expect(page).toHaveURL(`/sign-in?next=${encodeURIComponent(path)}`);
      await expect(page.getByLabel("E-mail")).toBeFocused();
    }
  });

  test("what is missing is said at its field", async ({ page }) => {
    await visit(page, "/sign-in");
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByLabel("E-mail")).toBeFocused();
    await expect(page.getByLabel("E-mail")).toHaveAccessibleDescription("Enter your e-mail address.");
    await page.keyboard.type("someone@staff.example");
    await page.keyboard.press("Enter");
    await expect(page.getByLabel("Password")).toBeFocused();
    await expect(page.getByLabel("Password")).toHaveAccessibleDescription("Enter your password.");
  });

  test("a way back that leads elsewhere is not followed", async ({ page, agent }) => {
    await visit(page, "/sign-in?next=//elsewhere.example/runs");
    await page.getByLabel("E-mail").fill(agent.email);
    await page.getByLabel("Password").fill(TEST_PASSWORD);
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL("/runs");
  });
});

test("a password never gets into the address, even where no script runs", async ({ browser }) => {
  const context = await browser.newContext({ storageState: SIGNED_OUT, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill("someone@staff.example");
  await page.getByLabel("Password").fill("hunter2-hunter2");
  const sent = page.waitForRequest((request) => request.isNavigationRequest());
  await page.getByRole("button", { name: "Sign in" }).click();
  expect((await sent).method()).toBe("POST");
  expect((await sent).url()).not.toContain("hunter2");
  await context.close();
});

test("who is signed in has no need of the sign-in page", async ({ page }) => {
  await visit(page, "/sign-in?next=/audit");
  await expect(page).toHaveURL("/audit");
});

test("signing out ends the session itself: a copy of its cookie is worth nothing", async ({
  openAs,
  browser,
  console,
  faults,
}) => {
  faults.expect(/status of 401/);
  const page = await openAs(await makePerson(console.database.owner));
  await visit(page, "/runs");
  const otherTab = await page.context().newPage();
  await visit(otherTab, "/runs");
  const storageState = await page.context().storageState();

  await page.getByRole("button", { name: /^Account menu/ }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL("/sign-in");
  await visit(page, "/runs");
  await expect(page).toHaveURL("/sign-in?next=%2Fruns");

  const thief = await browser.newContext({ storageState });
  const stolen = await thief.newPage();
  await visit(stolen, "/audit");
  await expect(stolen).toHaveURL("/sign-in?next=%2Faudit");
  expect((await thief.request.get("/v1/auth/me")).status()).toBe(401);
  await thief.close();

  await expect(otherTab.getByRole("alert").filter({ hasText: "Your session has ended" })).toBeVisible();
  await expect(otherTab.getByRole("link", { name: "Sign in again" })).toHaveAttribute(
    "href",
    "/sign-in?next=%2Fruns",
  );
});

test("a sign-out that can't be completed says that the person is still signed in", async ({
  openAs,
  console,
  faults,
}) => {
  const page = await openAs(await makePerson(console.database.owner));
  await visit(page, "/runs");
  faults.expect(/api\/auth\/signout/, /Failed to fetch/);
  await page.route("**/api/auth/signout", (route) => route.abort());
  await page.getByRole("button", { name: /Account menu of/ }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "You are still signed in" })).toBeVisible();
  await page.unroute("**/api/auth/signout");
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
});
