import { makePerson, TEST_PASSWORD } from "@/test/credentials";
import { expect, SIGNED_OUT, test } from "./agent-test";
import { visit } from "./visit";

test.describe("without a session", () => {
  test.use({ storageState: SIGNED_OUT });

  test("page without a session: redirects to the sign-in and back", async ({ page }) => {
    for (const path of ["/runs?status=running&q=cost%3E1", "/runs/x", "/audit?ticket=%234821", "/audit/x"]) {
      await visit(page, path);
      await expect(page).toHaveURL(`/sign-in?next=${encodeURIComponent(path)}`);
      await expect(page.getByLabel("Email")).toBeFocused();
    }
  });

  test("missing fields: each has an error", async ({ page }) => {
    await visit(page, "/sign-in");
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByLabel("Email")).toBeFocused();
    await expect(page.getByLabel("Email")).toHaveAccessibleDescription("Enter your email address.");
    await page.keyboard.type("someone@staff.example");
    await page.keyboard.press("Enter");
    await expect(page.getByLabel("Password")).toBeFocused();
    await expect(page.getByLabel("Password")).toHaveAccessibleDescription("Enter your password.");
  });

  test("return address of another site: not followed", async ({ page, agent }) => {
    await visit(page, "/sign-in?next=//elsewhere.example/runs");
    await page.getByLabel("Email").fill(agent.email);
    await page.getByLabel("Password").fill(TEST_PASSWORD);
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL("/runs");
  });
});

test("sign-in submitted before the page's scripts load: succeeds once they do", async ({
  browser,
  agent,
}) => {
  const context = await browser.newContext({ storageState: SIGNED_OUT });
  const page = await context.newPage();
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route("**/_next/static/**/*.js", async (route) => {
    await released;
    await route.continue();
  });
  await page.goto("/sign-in", { waitUntil: "commit" });
  await page.getByLabel("Email").fill(agent.email);
  await page.getByLabel("Password").fill(TEST_PASSWORD);
  await page.keyboard.press("Enter");
  expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe("/sign-in");
  release();
  await expect(page).toHaveURL("/runs");
  await context.close();
});

test("sign-in without scripts: sends the password nowhere", async ({ browser }) => {
  const context = await browser.newContext({ storageState: SIGNED_OUT, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto("/sign-in");
  const sent: string[] = [];
  page.on("request", (request) => sent.push(request.url()));
  await page.getByLabel("Email").fill("someone@staff.example");
  await page.getByLabel("Password").fill("hunter2-hunter2");
  await page.getByRole("button", { name: "Sign in" }).click();
  expect(page.url()).toMatch(/\/sign-in$/);
  expect(sent).toEqual([]);
  await context.close();
});

test("sign-in page with a session: redirects", async ({ page }) => {
  await visit(page, "/sign-in?next=/audit");
  await expect(page).toHaveURL("/audit");
});

test("sign-out: ends the session, also for copies of its cookie", async ({
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

  await expect(otherTab).toHaveURL("/sign-in?next=%2Fruns");
});

test("failed sign-out: says that the person is still signed in", async ({ openAs, console, faults }) => {
  const page = await openAs(await makePerson(console.database.owner));
  await visit(page, "/runs");
  // A poll in flight when the session ends gets a 401.
  faults.expect(/api\/auth\/signout/, /Failed to fetch/, /status of 401/);
  await page.route("**/api/auth/signout", (route) => route.abort());
  await page.getByRole("button", { name: /Account menu of/ }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "You are still signed in" })).toBeVisible();
  await page.unroute("**/api/auth/signout");
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
});
