import type { Page } from "@playwright/test";
import { makeKey, makePerson, type Person, TEST_PASSWORD } from "@/test/credentials";
import { expectAccessible } from "./accessible";
import { expect, SIGNED_OUT, test as base } from "./agent-test";
import { visit } from "./visit";

const PASSWORD = "four words, and a comma";

/** `boss`: an admin with access to everyone, and their browser. */
const test = base.extend<{ boss: Person & { page: Page } }>({
  boss: async ({ openAs, console }, use) => {
    const person = await makePerson(console.database.owner, { role: "admin" });
    await use({ ...person, page: await openAs(person) });
  },
});

const statusOf = (page: Page) => page.getByRole("main").getByRole("status", { name: "Status" });

async function signInBy(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel("Email").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.keyboard.press("Enter");
}

test("colleague: invited, sets a password in another browser, signs in, and is disabled", async ({
  boss,
  openAs,
  console,
  faults,
}) => {
  faults.expect(/people: .* 409/, /status of 401|\/v1\/auth\/password: .* 404/, /credentials: .* 401/);
  const { page } = boss;
  const email = `kim.${Date.now()}@staff.example`;
  await visit(page, "/people");
  await expect(page.getByRole("table", { name: "People" })).toBeVisible();
  await expectAccessible(page, "people");

  const invite = page.getByRole("button", { name: "Invite person" });
  await invite.click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByLabel("Name")).toBeFocused();
  await dialog.getByRole("button", { name: "Invite person" }).click();
  await expect(dialog.getByLabel("Name")).toHaveAccessibleDescription("Enter a name.");
  await expectAccessible(page, "inviting, nothing entered");
  await dialog.getByLabel("Name").fill("Kim New");
  await dialog.getByLabel("Email").fill(boss.email);
  await dialog.getByRole("radio", { name: /^All customers/ }).check();
  await dialog.getByLabel("Email").press("Enter");
  await expect(dialog.getByLabel("Email")).toHaveAccessibleDescription(/already/);
  await dialog.getByLabel("Email").fill(email);
  await dialog.getByLabel("Email").press("Enter");

  const shown = page.getByRole("alertdialog", { name: "The link for Kim New" });
  await expect(shown.getByRole("button", { name: "I’ve sent the link" })).toBeFocused();
  await expectAccessible(page, "the link of an invitation");
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await shown.getByRole("button", { name: "Copy link" }).click();
  await expect(shown.getByText("Copied link.")).toBeAttached();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toBe(await shown.getByTestId("link").textContent());
  // Escape keeps it open, because it is shown only once.
  await page.keyboard.press("Escape");
  await expect(shown).toBeVisible();
  await shown.getByRole("button", { name: "I’ve sent the link" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Kim New");
  await expect(statusOf(page)).toHaveText("Invited");
  await expect(page.getByRole("main")).not.toContainText(new URL(link).hash.slice(1));
  await expectAccessible(page, "an invited person");

  const theirs = await openAs();
  await visit(theirs, link);
  const box = theirs.getByLabel("New password");
  await expect(box).toBeFocused();
  await expect(box).toHaveAttribute("autocomplete", "new-password");
  await box.fill("too short");
  await box.press("Enter");
  await expect(box).toHaveAccessibleDescription("Use at least 12 characters; this has 9.");
  await expectAccessible(theirs, "a password that is too short");
  await theirs.getByRole("button", { name: "Show the password" }).click();
  await expect(box).toHaveAttribute("type", "text");
  await box.fill(PASSWORD);
  await box.press("Enter");
  await expect(theirs.getByText(`The password of ${email} is set.`)).toBeVisible();
  await expectAccessible(theirs, "a password was set");
  expect(theirs.url()).not.toContain("#");
  await theirs.getByRole("link", { name: "Go to sign in" }).click();
  await signInBy(theirs, email, PASSWORD);
  await expect(theirs).toHaveURL("/runs");

  const again = await openAs();
  await visit(again, link);
  await again.getByLabel("New password").fill(PASSWORD);
  await again.getByRole("button", { name: "Set password" }).click();
  await expect(again.getByRole("alert").first()).toContainText("This link is no longer valid");
  await expectAccessible(again, "a link that was used");

  await page.reload();
  await expect(statusOf(page)).toHaveText("Active");
  await page.getByRole("button", { name: "Disable" }).click();
  const alert = page.getByRole("alertdialog", { name: "Disable this person?" });
  const reason = alert.getByLabel("Reason");
  await expect(reason).toBeFocused();
  await alert.getByRole("button", { name: "Disable person" }).click();
  await expect(reason).toBeFocused();
  await expectAccessible(page, "disabling, without a reason");
  await page.keyboard.type("Ticket #4821: has left");
  await page.keyboard.press("Control+Enter");
  await expect(statusOf(page)).toHaveText("Disabled");
  await expect(page.getByRole("region", { name: "Changes to this account" })).toContainText(
    "Ticket #4821: has left",
  );
  await expectAccessible(page, "a disabled person");

  await theirs.reload();
  await expect(theirs).toHaveURL(/\/sign-in/);
  await signInBy(theirs, email, PASSWORD);
  await expect(theirs.getByText("don’t match an active account")).toBeVisible();

  await page.getByRole("button", { name: "Enable" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Enable person" }).click();
  await expect(statusOf(page)).toHaveText("Active");
  await signInBy(theirs, email, PASSWORD);
  await expect(theirs).toHaveURL("/runs");
  await page.reload();
  const did = page.getByRole("region", { name: "Latest actions" });
  await expect(did).toContainText("Set password");
  await expect(did.getByText("Signed in").first()).toBeHidden();
  await did.getByText("Sign-ins and exports").click();
  await expect(did.getByText("Signed in").first()).toBeVisible();
  const { rows } = await console.database.owner.query<{ action: string }>(
    "SELECT action FROM audit_entries WHERE target_label = $1 AND target_type = 'person' ORDER BY occurred_at, id",
    [email],
  );
  expect(rows.map(({ action }) => action)).toEqual([
    "person.invited",
    "person.password_set",
    "person.disabled",
    "person.enabled",
  ]);
});

test("role and access: changed by keyboard alone, effective at once in the other browser", async ({
  boss,
  openAs,
  console,
  fixture,
}) => {
  const { page } = boss;
  const { owner } = console.database;
  const person = await makePerson(owner, { role: "admin" });
  await makeKey(owner, { ownerId: person.id });
  const theirs = await openAs(person);
  await visit(theirs, "/people");
  await expect(theirs.getByRole("table", { name: "People" })).toBeVisible();

  await visit(page, `/people?text=${encodeURIComponent(person.email)}`);
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(person.name);
  await expect(page.getByRole("region", { name: "Keys" }).getByRole("listitem")).toHaveCount(1);
  await page.getByRole("button", { name: "Edit" }).focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByLabel("Name")).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(dialog.getByRole("radio", { name: /^Admin/ })).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowDown");
  await expect(dialog.getByRole("radio", { name: "Selected customers" })).toBeChecked();
  await expect(dialog.getByRole("searchbox", { name: "Search customers" })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(dialog.getByText("Choose at least one customer.")).toBeVisible();
  await expect(dialog.getByRole("searchbox", { name: "Search customers" })).toBeFocused();
  await expectAccessible(page, "changing a person, no customer chosen");
  const { rows } = await owner.query<{ name: string }>("SELECT name FROM organizations WHERE id = $1", [
    fixture.orgId,
  ]);
  await page.keyboard.type(rows[0]!.name);
  await expect(dialog.getByRole("checkbox")).toHaveCount(1);
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("checkbox", { name: rows[0]!.name })).toBeChecked();
  await dialog.getByLabel("Name").focus();
  await page.keyboard.press("Enter");
  await expect(dialog).toBeHidden();
  const facts = page.getByRole("region", { name: "Details" });
  await expect(facts).toContainText("Auditor");
  await expect(facts).toContainText(rows[0]!.name);
  await expect(page.getByRole("button", { name: "Edit" })).toBeFocused();

  await theirs.reload();
  await expect(theirs.getByRole("heading", { level: 1 })).toHaveText("Your role doesn’t include this page");
  await expectAccessible(theirs, "people, without the permission");
});

test("concurrent edit: a colleague's changes stay", async ({ boss, console }) => {
  const { page } = boss;
  const { owner } = console.database;
  const person = await makePerson(owner);
  await visit(page, `/people/${person.id}`);
  await page.getByRole("button", { name: "Edit" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Ada King");
  await owner.query("UPDATE people SET role = 'auditor' WHERE id = $1", [person.id]);
  await dialog.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Ada King");
  await expect(page.getByRole("region", { name: "Details" })).toContainText("Auditor");
});

test("unavailable actions: shown with the reason", async ({ boss, openAs, console, fixture, faults }) => {
  faults.expect(/status of 404/);
  const { page } = boss;
  await visit(page, `/people/${boss.id}`);
  for (const name of ["Edit", "Disable", "Reset password"]) {
    await expect(page.getByRole("button", { name })).toBeDisabled();
    await expect(page.getByRole("button", { name })).toHaveAccessibleDescription(/This is you/);
  }

  const local = await openAs(
    await makePerson(console.database.owner, { role: "admin", orgIds: [fixture.orgId] }),
  );
  await visit(local, "/people");
  await expect(local.getByRole("main").getByText(boss.email)).toHaveCount(0);
  await local.getByRole("button", { name: "Invite person" }).click();
  await expect(local.getByRole("radio", { name: /^All customers/ })).toBeDisabled();
  await expect(local.getByRole("dialog").getByRole("checkbox")).toBeChecked();
  await local.goto(`/people/${boss.id}`);
  await expect(local.getByText("Person not found")).toBeVisible();
  await expectAccessible(local, "a person out of reach");

  const support = await openAs(await makePerson(console.database.owner));
  await visit(support, "/people");
  await expect(support.getByRole("heading", { level: 1 })).toHaveText("Your role doesn’t include this page");
  await expect(
    support.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "People" }),
  ).toHaveAccessibleDescription(/Ask an admin for the permission people.manage/);
});

test("password reset: the new link ends the old one and the person’s sessions", async ({
  boss,
  openAs,
  console,
  faults,
}) => {
  faults.expect(/credentials: .* 401/);
  const { page } = boss;
  const person = await makePerson(console.database.owner);
  const theirs = await openAs(person);
  await visit(theirs, "/runs");
  await visit(page, `/people/${person.id}`);
  await page.getByRole("button", { name: "Reset password" }).click();
  const alert = page.getByRole("alertdialog");
  await expectAccessible(page, "creating a new link");
  await alert.getByRole("button", { name: "Create link" }).click();
  const link = (await alert.getByTestId("link").textContent())!;
  await alert.getByRole("button", { name: "I’ve sent the link" }).click();
  await expect(page.getByRole("region", { name: "Details" })).toContainText("Password link");

  await visit(theirs, link);
  await expect(theirs.getByText(`This browser is signed in as ${person.name}`)).toBeVisible();
  await theirs.getByLabel("New password").fill(PASSWORD);
  await theirs.getByRole("button", { name: "Set password" }).click();
  await theirs.getByRole("link", { name: "Go to sign in" }).click();
  await expect(theirs.getByLabel("Email")).toBeFocused();
  await signInBy(theirs, person.email, TEST_PASSWORD);
  await expect(theirs.getByText("don’t match an active account")).toBeVisible();
  await signInBy(theirs, person.email, PASSWORD);
  await expect(theirs).toHaveURL("/runs");

  const notice = theirs.getByText(`through a link made by ${boss.name}, ${boss.email}`);
  await expect(notice).toBeVisible();
  await expectAccessible(theirs, "a notice about the password");
  await theirs.getByRole("button", { name: "It was me" }).click();
  await expect(notice).toBeHidden();
  await theirs.reload();
  await expect(theirs.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(notice).toBeHidden();
  await page.reload();
  await page
    .getByRole("region", { name: "Changes to this account" })
    .getByRole("link", { name: "Set password" })
    .click();
  await expect(page.getByRole("main")).toContainText(`${boss.name}, ${boss.email}`);
});

test("disabling: the dialog lists the keys and links that stop", async ({ boss, console, fixture }) => {
  const { page } = boss;
  const { owner } = console.database;
  const person = await makePerson(owner, { role: "admin" });
  const own = await makeKey(owner, { ownerId: person.id, madeBy: person.id });
  const customers = await makeKey(owner, {
    ownerId: fixture.customer.person.id,
    orgId: fixture.orgId,
    madeBy: person.id,
  });
  const invited = await makePerson(owner);
  await owner.query(
    `INSERT INTO password_links (person_id, token_hash, created_at, expires_at, created_by)
     VALUES ($1::uuid, sha256($1::uuid::text::bytea), now(), now() + interval '1 hour', $2::uuid)`,
    [invited.id, person.id],
  );
  await visit(page, `/people/${person.id}`);
  await page.getByRole("button", { name: "Disable" }).click();
  const alert = page.getByRole("alertdialog", { name: "Disable this person?" });
  await expect(alert).toContainText(customers.name);
  await expect(alert).toContainText(own.name);
  await expect(alert).toContainText(`Password link of ${invited.name}`);
  await expectAccessible(page, "disabling a person with keys");
  await alert.getByLabel("Reason").fill("Ticket #4821: has left");
  await alert.getByRole("button", { name: "Disable person" }).click();
  await expect(statusOf(page)).toHaveText("Disabled");
  await visit(page, `/keys/${customers.id}`);
  await expect(page.getByText("Not working: the person who made it is disabled.")).toBeVisible();
});

test("people filters: kept in the URL; invalid ones and empty results are explained", async ({ boss }) => {
  const { page } = boss;
  await visit(page, "/people");
  await page.getByRole("button", { name: "Role" }).click();
  await page.getByRole("radio", { name: "Auditor" }).check();
  await expect(page).toHaveURL("/people?role=auditor");
  await page.keyboard.press("Escape");
  await page.getByRole("searchbox", { name: "Name or email" }).fill("ingrid");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/people?role=auditor&text=ingrid");
  await expect(page.getByRole("table", { name: "People" }).getByRole("link")).toHaveText(["Ingrid Solberg"]);
  await expectAccessible(page, "people, filtered");
  for (const [query, title] of [
    ["text=nobody-has-this-name", "No person matches these filters"],
    ["role=owner", "Invalid filter"],
    ["pq=x", "This page of the list is gone"],
  ] as const) {
    await visit(page, `/people?${query}`);
    await expect(page.getByText(title)).toBeVisible();
    await expectAccessible(page, title);
  }
});

test("audit entry about a person: links to them, if the reader may see them", async ({
  boss,
  page: agents,
  console,
}) => {
  const { page } = boss;
  const person = await makePerson(console.database.owner);
  await visit(page, `/people/${person.id}`);
  await page.getByRole("button", { name: "Edit" }).click();
  await page
    .getByRole("dialog")
    .getByRole("radio", { name: /^Auditor/ })
    .check();
  await page.getByRole("button", { name: "Save changes" }).click();
  await page.getByRole("region", { name: "Changes to this account" }).getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("changed person");
  await expect(page.getByRole("main")).toContainText("role: support → auditor");
  const address = page.url();
  await page.getByRole("link", { name: boss.name }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(boss.name);
  await visit(agents, address);
  const actor = agents.getByRole("region", { name: "Actor" }).getByRole("link", { name: boss.name });
  await expect(actor).toHaveAttribute("href", /^\/audit\?actor=/);
});

test.describe("without a link", () => {
  test.use({ storageState: SIGNED_OUT });

  test("password page: says when the link is incomplete", async ({ page }) => {
    await visit(page, "/set-password");
    await expect(page.getByRole("alert").first()).toContainText("This link is incomplete");
    await expectAccessible(page, "setting a password without a link");
  });
});
