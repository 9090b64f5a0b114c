import type { Page } from "@playwright/test";
import { makePerson, type Person, TEST_PASSWORD } from "@/test/credentials";
import { expectAccessible } from "./accessible";
import { expect, test as base } from "./agent-test";
import { visit } from "./visit";

const NEW_PASSWORD = "four words, and a comma";

/** `self`: a new person, so that other tests keep their sessions. */
const test = base.extend<{ self: Person & { page: Page } }>({
  self: async ({ openAs, console }, use) => {
    const person = await makePerson(console.database.owner, { role: "admin" });
    await use({ ...person, page: await openAs(person) });
  },
});

const sessionsOf = (page: Page) => page.getByRole("region", { name: "Sessions" }).getByRole("listitem");
const dialogOf = (page: Page, name: string) => page.getByRole("dialog", { name });

test("account: opens from the menu, and shows and ends the person's sessions", async ({
  self: { page, ...self },
  openAs,
  faults,
}) => {
  faults.expect(/status of 401/);
  const elsewhere = await openAs(self);
  await visit(elsewhere, "/runs");
  await openAs(self);
  await visit(page, "/runs");
  await page.getByRole("button", { name: /^Account menu/ }).click();
  await page.getByRole("link", { name: "Your account" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Your account");
  await expect(page.getByRole("dialog", { name: "Account" })).toBeHidden();
  await expect(page).toHaveTitle(/^Your account/);
  await expect(sessionsOf(page)).toHaveCount(3);
  await expect(sessionsOf(page).filter({ hasText: "This session" })).toHaveCount(1);
  await expectAccessible(page, "account");

  await page
    .getByRole("button", { name: /^End the session/ })
    .first()
    .click();
  await expect(sessionsOf(page)).toHaveCount(2);
  await expect(page.getByRole("list", { name: "Sessions" })).toBeFocused();
  await page.getByRole("button", { name: "End the other sessions" }).click();
  await expect(sessionsOf(page)).toHaveCount(1);
  await expect(page.getByRole("button", { name: /^End/ })).toHaveCount(0);
  await expect(elsewhere.getByText("Your session has ended")).toBeVisible();
  await visit(page, "/runs");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Runs");
});

test("password: changes with the current one, and shows each problem at its field", async ({
  self: { page, ...self },
  openAs,
  faults,
}) => {
  faults.expect(/password-change: .* 422/, /status of (401|422)/);
  const elsewhere = await openAs(self);
  await visit(elsewhere, "/runs");
  await visit(page, "/account");
  await page.getByRole("button", { name: "Change password" }).click();
  const dialog = dialogOf(page, "Change your password");
  const [current, next] = [
    dialog.getByLabel("Current password", { exact: true }),
    dialog.getByLabel("New password", { exact: true }),
  ];
  const submit = dialog.getByRole("button", { name: "Change password" });
  await expect(current).toBeFocused();
  await submit.click();
  await expect(current).toHaveAccessibleDescription("Enter your current password.");
  await expect(next).toHaveAccessibleDescription("Enter a new password.");
  await expectAccessible(page, "changing the password, nothing entered");

  await current.fill("wrong");
  await next.fill("too short");
  await submit.click();
  await expect(next).toHaveAccessibleDescription("The password needs at least 12 characters.");
  await next.fill(NEW_PASSWORD);
  await submit.click();
  await expect(current).toHaveAccessibleDescription("This is not your current password.");
  await expect(current).toBeFocused();
  await current.fill(TEST_PASSWORD);
  await next.fill(`${self.name} 123`);
  await submit.click();
  await expect(next).toHaveAccessibleDescription(/Your name, your email address/);
  await next.fill(NEW_PASSWORD);
  await next.press("Enter");
  await expect(page.getByText("Password changed. Your other sessions have ended.")).toBeVisible();
  await expect(dialog).toBeHidden();
  await expect(sessionsOf(page)).toHaveCount(1);
  await expect(elsewhere.getByText("Your session has ended")).toBeVisible();
  await expectAccessible(page, "account, password changed");

  // Nothing typed is left.
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(current).toHaveValue("");
  await expect(next).toHaveValue("");
});

test("session unused for an hour: the page says that it has ended", async ({
  self: { page, id },
  console,
  faults,
}) => {
  faults.expect(/status of 401/);
  await visit(page, "/runs");
  await console.database.owner.query(
    "UPDATE sessions SET last_used_at = now() - interval '61 minutes' WHERE person_id = $1",
    [id],
  );
  await expect(page.getByRole("alert").filter({ hasText: "Your session has ended" })).toBeVisible();
  await page.getByRole("link", { name: "Sign in again" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Sign in to the console");
});

test("input: keeps the session from ending, once a minute; an open page doesn't", async ({
  self: { page },
}) => {
  await page.clock.install();
  const reports: string[] = [];
  page.on("request", (request) => void (request.url().endsWith("/activity") && reports.push(request.url())));
  await visit(page, "/account");
  await page.clock.fastForward(61_000);
  expect(reports).toHaveLength(0);
  const reported = page.waitForResponse((response) => response.url().endsWith("/v1/auth/activity"));
  await page.keyboard.press("Tab");
  expect((await reported).status()).toBe(200);
  await page.keyboard.press("Tab");
  await page.mouse.wheel(0, 10);
  expect(reports).toHaveLength(1);
});

test.describe("change that needs a recent sign-in", () => {
  const age = (
    console: { database: { owner: { query(sql: string, values: unknown[]): unknown } } },
    id: string,
  ) =>
    console.database.owner.query(
      "UPDATE sessions SET authenticated_at = now() - interval '1 day' WHERE person_id = $1",
      [id],
    );

  test("asks for the password, then goes on", async ({ self: { page, id }, console, faults }) => {
    faults.expect(/people: .* 403/, /step-up: .* 422/, /status of (403|422)/);
    await visit(page, "/people");
    await age(console, id);
    await page.getByRole("button", { name: "Invite person" }).click();
    const dialog = dialogOf(page, "Invite a person");
    await page.getByLabel("Name", { exact: true }).fill("Lou Other");
    await page.getByRole("dialog").getByLabel("Email").fill(`kim.${Date.now()}@staff.example`);
    await page.getByRole("radio", { name: /^All customers/ }).check();
    await page.getByRole("dialog").getByLabel("Email").press("Enter");

    const confirm = dialogOf(page, "Confirm it’s you");
    const password = confirm.getByLabel("Password", { exact: true });
    await expect(password).toBeFocused();
    await expectAccessible(page, "confirming the password");
    await password.press("Enter");
    await expect(password).toHaveAccessibleDescription("Enter your password.");
    await password.fill("wrong");
    await password.press("Enter");
    await expect(password).toHaveAccessibleDescription("This is not your current password.");
    await password.fill(TEST_PASSWORD);
    await password.press("Enter");
    await expect(page.getByRole("alertdialog", { name: "The link for Lou Other" })).toBeVisible();
    await expect(confirm).toBeHidden();
    await expect(dialog).toBeHidden();
  });

  test("left: nothing changes, and nothing typed is lost", async ({
    self: { page, id },
    console,
    faults,
  }) => {
    faults.expect(/people: .* 403/, /status of 403/);
    await visit(page, "/people");
    await age(console, id);
    await page.getByRole("button", { name: "Invite person" }).click();
    const email = `kim.${Date.now()}@staff.example`;
    await page.getByLabel("Name", { exact: true }).fill("Lou Other");
    await page.getByRole("dialog").getByLabel("Email").fill(email);
    await page.getByRole("radio", { name: /^All customers/ }).check();
    await page.getByRole("dialog").getByLabel("Email").press("Enter");
    await expect(dialogOf(page, "Confirm it’s you")).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("alert").filter({ hasText: "Confirm your password" })).toBeVisible();
    await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Lou Other");
    await expect(page.getByRole("dialog").getByLabel("Email")).toHaveValue(email);
    const { rowCount } = await console.database.owner.query("SELECT FROM people WHERE email = $1", [email]);
    expect(rowCount).toBe(0);
  });
});
