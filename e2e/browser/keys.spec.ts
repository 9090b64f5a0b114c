import type { Page } from "@playwright/test";
import { callHttp } from "@/test/call-http";
import { makeKey, makePerson, type Person, revokeKey } from "@/test/credentials";
import { makeRun, seedFixture } from "@/test/fixture";
import { expectAccessible } from "./accessible";
import { expect, test as base } from "./agent-test";
import { visit } from "./visit";

type Fixtures = { ida: Person; admin: Page };

const test = base.extend<Fixtures>({
  ida: async ({ console }, use) => use(await makePerson(console.database.owner, { role: "admin" })),
  admin: async ({ openAs, ida }, use) => use(await openAs(ida)),
});

/** This test's own customer, with one key. */
async function makeCustomer({ owner }: { owner: Parameters<typeof seedFixture>[0] }) {
  const fixture = await seedFixture(owner);
  const { rows } = await owner.query<{ slug: string; name: string }>(
    "SELECT slug, name FROM organizations WHERE id = $1",
    [fixture.orgId],
  );
  const key = await makeKey(owner, { ownerId: fixture.customer.person.id, orgId: fixture.orgId });
  return { fixture, key, ...rows[0]! };
}

const statusOf = async (baseUrl: string, key: string): Promise<number> =>
  (await callHttp(baseUrl, "GET", "/v1/auth/me", { headers: { Authorization: `Bearer ${key}` } })).status;

test("abused key: found by its first characters, inspected, and revoked with the ticket", async ({
  admin: page,
  ida,
  console,
}) => {
  const { owner } = console.database;
  const { fixture, key, name } = await makeCustomer(console.database);
  const runId = await makeRun(owner, fixture);
  await owner.query("UPDATE runs SET api_key_id = $1 WHERE id = $2", [key.id, runId]);
  expect(await statusOf(console.server.baseUrl, key.text)).toBe(200);

  await visit(page, "/keys");
  await expectAccessible(page, "keys");
  const search = page.getByRole("searchbox", { name: "Name or first characters" });
  // The customer sent the whole key: it must not get into a URL.
  await search.fill(key.text);
  await search.press("Enter");
  await expect(page).toHaveURL(`/keys?text=${key.prefix}`);
  const row = page.getByRole("table", { name: "Keys" }).getByRole("row").nth(1);
  await expect(row).toContainText(key.name);
  await expect(row).toContainText(name);
  await expect(row).toContainText("Active");
  await page.getByRole("link", { name: key.name }).click();

  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Key ${key.name}`);
  await expect(page.getByRole("region", { name: "Audit trail" })).toContainText("No changes recorded");
  await expectAccessible(page, "a key");
  const revoke = page.getByRole("button", { name: "Revoke key" });
  await revoke.click();
  const dialog = page.getByRole("alertdialog", { name: "Revoke this key?" });
  const reason = dialog.getByLabel(/^Reason/);
  await expect(reason).toBeFocused();
  await expectAccessible(page, "revoking a key");
  await page.keyboard.press("Control+Enter");
  await expect(reason).toHaveAttribute("aria-invalid", "true");
  await dialog.getByRole("button", { name: "Abuse" }).click();
  await expect(reason).toBeFocused();
  await page.keyboard.type("4821");
  await expect(reason).toHaveValue("Ticket #4821: the key is abused");
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(revoke).toBeFocused();
  expect(await statusOf(console.server.baseUrl, key.text)).toBe(200);

  await page.keyboard.press("Enter");
  await expect(reason).toHaveValue("Ticket #4821: the key is abused");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText("Revoked by you.")).toBeVisible();
  await expect(page.getByRole("main").getByRole("status", { name: "Status" })).toHaveText("Revoked");
  await expect(page.getByText(`by ${ida.name}.`)).toBeVisible();
  await expect(revoke).toBeDisabled();
  await expect(revoke).toHaveAccessibleDescription("Already revoked. This can’t be undone.");
  await expectAccessible(page, "a revoked key");
  expect(await statusOf(console.server.baseUrl, key.text)).toBe(401);

  const entries = page.getByRole("region", { name: "Audit trail" });
  await entries.getByRole("link", { name: "Revoked key" }).click();
  await expect(page.getByRole("region", { name: "Change", exact: true })).toContainText("key.revoked");
  await expect(page.getByRole("region", { name: "Change", exact: true })).toContainText("inference");
  await page.getByRole("link", { name: `${key.name} ${key.prefix}` }).click();
  await page.getByRole("link", { name: "Runs created with this key" }).click();
  await expect(page.getByRole("table", { name: "Runs" }).getByRole("row")).toHaveCount(2);
  await visit(page, `/runs/${runId}`);
  await page.getByRole("region", { name: "Details" }).getByRole("link", { name: key.name }).click();
  await expect(page).toHaveURL(`/keys/${key.id}`);
});

test("key revoked by a colleague meanwhile: not shown as one's own revocation", async ({
  admin: page,
  console,
}) => {
  const { key } = await makeCustomer(console.database);
  await visit(page, `/keys/${key.id}`);
  await page.getByRole("button", { name: "Revoke key" }).click();
  await revokeKey(console.database.owner, key);
  const dialog = page.getByRole("alertdialog");
  await dialog.getByLabel(/^Reason/).fill("Ticket #4821");
  await dialog.getByRole("button", { name: "Revoke key" }).click();
  await expect(page.getByText("Already revoked.", { exact: true })).toBeVisible();
  await expect(page.getByText(/^Revoked .* by Test\.$/)).toBeVisible();
  await expectAccessible(page, "an already revoked key");
});

test("revocation with a lost response: retried, and still one's own", async ({
  admin: page,
  console,
  faults,
}) => {
  faults.expect(/\/revocation: .*ERR_CONNECTION_RESET/, /\/revocation: .* 404/);
  const { key } = await makeCustomer(console.database);
  const keys: (string | null)[] = [];
  await page.route("**/revocation", async (route) => {
    keys.push(await route.request().headerValue("idempotency-key"));
    if (keys.length > 1) return route.continue();
    expect((await route.fetch()).status()).toBe(201);
    await route.abort("connectionreset");
  });
  await visit(page, `/keys/${key.id}`);
  await page.getByRole("button", { name: "Revoke key" }).click();
  const dialog = page.getByRole("alertdialog");
  await dialog.getByLabel(/^Reason/).fill("Ticket #4821");
  await dialog.getByRole("button", { name: "Revoke key" }).click();
  await expect(page.getByText("Revoked by you.")).toBeVisible();
  expect(keys).toEqual([expect.stringMatching(/\S/), keys[0]]);
});

test("refusal: shown in the dialog, with the request ID", async ({ console, openAs, faults }) => {
  faults.expect(/\/revocation: .* 404/);
  const { owner } = console.database;
  const { fixture, key } = await makeCustomer(console.database);
  const desk = await makePerson(owner, { role: "admin", orgIds: [fixture.orgId] });
  const page = await openAs(desk);
  await visit(page, `/keys/${key.id}`);
  await page.getByRole("button", { name: "Revoke key" }).click();
  await owner.query("DELETE FROM person_reach WHERE person_id = $1", [desk.id]);
  const dialog = page.getByRole("alertdialog");
  await dialog.getByLabel(/^Reason/).fill("Ticket #4821");
  await dialog.getByRole("button", { name: "Revoke key" }).click();
  await expect(dialog.getByRole("alert")).toContainText("Key not found.");
  await expect(dialog.getByRole("alert")).toContainText(/Request ID req_\w{26}/);
  await expect(dialog.getByLabel(/^Reason/)).toHaveValue("Ticket #4821");
  await expectAccessible(page, "revoking a key, refused");
});

test("key: created by keyboard, shown once, closed only after confirming that it was saved", async ({
  admin: page,
  ida,
  console,
}) => {
  const { fixture, slug, name } = await makeCustomer(console.database);
  await visit(page, `/keys?org=${slug}&kind=inference`);
  await page.getByRole("button", { name: "New key" }).focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "New key" });
  await expect(dialog.getByLabel("Name")).toBeFocused();
  await expect(dialog.getByRole("radio", { name: /^Inference key/ })).toBeChecked();
  await expect(dialog.getByRole("button", { name: /^Customer: / })).toContainText(name);
  await expect(dialog.getByLabel("Owner", { exact: true })).toHaveValue(fixture.customer.person.id);
  await expectAccessible(page, "new key, for a customer");
  await page.keyboard.press("Enter");
  await expect(dialog.getByLabel("Name")).toHaveAccessibleDescription(/Enter a name/);
  await page.keyboard.type("Production, second");
  await dialog.getByLabel("Owner", { exact: true }).selectOption(ida.id);
  await dialog.getByLabel("Name").press("Enter");

  const shown = page.getByRole("alertdialog", { name: "Your new key" });
  await expect(shown.getByRole("button", { name: "I’ve saved the key" })).toBeFocused();
  const key = await page.getByTestId("key").innerText();
  expect(await statusOf(console.server.baseUrl, key)).toBe(200);
  await expectAccessible(page, "a key, shown once");
  for (let time = 1; time <= 3; time++) await page.keyboard.press("Escape");
  await expect(page.getByTestId("key")).toHaveText(key);
  const asked = page.waitForEvent("dialog");
  await page.close({ runBeforeUnload: true });
  const question = await asked;
  expect(question.type()).toBe("beforeunload");
  await question.dismiss();
  await expect(page.getByTestId("key")).toHaveText(key);
  const kept = shown.getByRole("button", { name: "I’ve saved the key" });
  // Not right after the key is shown: a second press of Enter would confirm what nobody has read.
  await expect(kept).not.toHaveAttribute("aria-disabled");
  await kept.press("Enter");

  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Key Production, second");
  await expect(page.getByRole("region", { name: "Audit trail" })).toContainText("Created key");
  expect(await page.content()).not.toContain(key);
  await expect(page.getByRole("region", { name: "Details" })).toContainText(name);
});

test("customer's key: staff send a link, the customer opens it and sees the key once", async ({
  admin: page,
  openAs,
  console,
}) => {
  const { fixture, slug } = await makeCustomer(console.database);
  await visit(page, `/keys?org=${slug}&kind=inference`);
  await page.getByRole("button", { name: "New key" }).click();
  const dialog = page.getByRole("dialog", { name: "New key" });
  await dialog.getByLabel("Name").fill("Shop");
  await expect(dialog).toContainText("You get a link, not the key");
  await dialog.getByRole("button", { name: "Create key" }).click();
  const shown = page.getByRole("alertdialog", { name: "Send this link to the customer" });
  await expect(shown.getByTestId("link")).toContainText("/claim-key#");
  await expect(shown).toContainText(fixture.customer.person.name);
  await expectAccessible(page, "a key's link, shown once");
  await page.getByRole("button", { name: "I’ve sent the link" }).click();
  await expect(page.getByRole("main").getByRole("status", { name: "Status" })).toHaveText("Not claimed");

  // The maker can replace the link; a colleague can't.
  await page.getByRole("button", { name: "New link" }).click();
  await page.getByRole("button", { name: "Create link" }).click();
  const link = await page.getByTestId("link").innerText();
  await page.getByRole("button", { name: "I’ve sent the link" }).click();
  const colleague = await openAs(await makePerson(console.database.owner, { role: "admin" }));
  await visit(colleague, new URL(page.url()).pathname);
  await expect(colleague.getByText("has not claimed this key")).toContainText(
    "who made it, can make a new link",
  );
  await expect(colleague.getByRole("button", { name: "New link" })).toBeHidden();

  const customer = await openAs();
  const { pathname, hash } = new URL(link);
  await visit(customer, pathname + hash);
  await expectAccessible(customer, "claiming a key");
  await customer.getByRole("button", { name: "Show the key" }).press("Enter");
  await expect(customer.getByTestId("key")).toHaveText(/^rf_live_/);
  const key = await customer.getByTestId("key").innerText();
  expect(await statusOf(console.server.baseUrl, key)).toBe(200);
  expect(customer.url()).not.toContain(hash);
  await expectAccessible(customer, "a claimed key");
  await customer.getByRole("button", { name: "I’ve saved the key" }).click();
  await expect(customer.getByText("The key works now.")).toBeVisible();
  expect(await customer.content()).not.toContain(key);

  await visit(page, new URL(page.url()).pathname);
  await expect(page.getByRole("main").getByRole("status", { name: "Status" })).toHaveText("Active");
  const trail = page.getByRole("region", { name: "Audit trail" });
  await expect(trail).toContainText("Claimed key");
  await expect(trail).toContainText("Holder of the link made by");
});

test("key link that was used or is incomplete: the page says what to do", async ({ openAs, faults }) => {
  faults.expect(/key-claims: .* 404/);
  const page = await openAs();
  await visit(page, "/claim-key#unknown");
  await page.getByRole("button", { name: "Show the key" }).click();
  await expect(page.getByRole("alert").first()).toContainText("This link is no longer valid");
  await expectAccessible(page, "a key's link that no longer works");
  await visit(page, "/claim-key");
  await expect(page.getByRole("alert").first()).toContainText("This link is incomplete");
});

test("unavailable key options: stay in place with the reason, and aren't requested", async ({
  console,
  openAs,
}) => {
  const { owner } = console.database;
  const [{ fixture, name }, other] = [
    await makeCustomer(console.database),
    await makeCustomer(console.database),
  ];
  const desk = await makePerson(owner, { role: "admin", orgIds: [fixture.orgId] });
  const page = await openAs(desk);
  await visit(page, "/keys");
  await page.getByRole("button", { name: "New key" }).click();
  const dialog = page.getByRole("dialog", { name: "New key" });
  await dialog.getByLabel("Name").fill("Report");
  const preset = (name: string) => dialog.getByRole("radio", { name, exact: true });
  await expect(preset("Cancel and read runs")).toBeChecked();
  await preset("Custom").check();
  const all = dialog.getByRole("radio", { name: /^All customers/ });
  await expect(all).toBeDisabled();
  await expect(all).toHaveAccessibleDescription("You don’t have access to all customers.");
  await expect(dialog.getByRole("group", { name: "Customer", exact: true })).not.toContainText(other.name);
  const scope = (code: string) => dialog.getByRole("checkbox", { name: code });
  await expect(scope("runs.create")).toBeDisabled();
  await expect(scope("runs.create")).toHaveAccessibleDescription("You don’t have this permission.");
  await expect(scope("runs.read")).toBeChecked();
  await expect(scope("runs.cancel").first()).toBeChecked();
  await expect(dialog.getByLabel("Owner", { exact: true })).toBeHidden();
  await expectAccessible(page, "new key, with custom scopes");
  await scope("runs.read").uncheck();
  await scope("runs.cancel").first().uncheck();

  // Only `admin` remains, which would grant everything.
  await dialog.getByRole("button", { name: "Create key" }).click();
  await expect(dialog.getByText("Choose at least one customer.")).toBeVisible();
  await expect(dialog.getByText("Choose at least one permission besides admin.")).toBeVisible();
  await scope("audit.read").check();
  await dialog.getByRole("checkbox", { name }).check();
  await dialog.getByRole("button", { name: "Create key" }).click();
  await page.getByRole("button", { name: "I’ve saved the key" }).click();
  const powers = page.getByRole("region", { name: "Permissions" });
  await expect(powers.getByRole("listitem")).toHaveCount(3);
  await expect(powers).toContainText("audit.read");
  await expect(powers).not.toContainText("Everything its owner may");
  await expect(powers).toContainText(name);
  // A service key's entry is in the platform's chain, which not everyone may read.
  await expect(page.getByRole("region", { name: "Audit trail" })).toContainText(
    "Only people with access to all customers",
  );
  await expectAccessible(page, "a service key");
});

test('service key presets: cancel and read comes first; "everything" follows its owner', async ({
  admin: page,
  ida,
}) => {
  const make = async (name: string, preset?: string) => {
    await visit(page, "/keys");
    await page.getByRole("button", { name: "New key" }).click();
    const dialog = page.getByRole("dialog", { name: "New key" });
    await dialog.getByLabel("Name").fill(name);
    if (preset) await dialog.getByRole("radio", { name: preset, exact: true }).check();
    await expectAccessible(page, `new key, ${preset ?? "the first preset"}`);
    await dialog.getByRole("button", { name: "Create key" }).click();
    await page.getByRole("button", { name: "I’ve saved the key" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Key ${name}`);
    return page.getByRole("region", { name: "Permissions" });
  };
  const usual = await make("Ticket tool");
  await expect(usual.getByRole("listitem")).toContainText(["admin", "runs.read", "runs.cancel"]);
  const reader = await make("Report", "Read only");
  await expect(reader).toContainText("audit.read");
  await expect(reader).not.toContainText("runs.cancel");
  const everything = await make("Automation", "Everything its owner may do");
  await expect(everything).toContainText(`${ida.name} has the role admin`);
  await expect(everything).toContainText("people.manage");
});

test("refusal that the dialog didn't expect: the server's message is shown at its field", async ({
  admin: page,
  console,
  faults,
}) => {
  faults.expect(/\/v1\/admin\/keys: .* 422/);
  const { owner } = console.database;
  const { fixture, slug } = await makeCustomer(console.database);
  await visit(page, `/keys?org=${slug}&kind=inference`);
  await page.getByRole("button", { name: "New key" }).click();
  const dialog = page.getByRole("dialog", { name: "New key" });
  await dialog.getByLabel("Name").fill("Report");
  await expect(dialog.getByLabel("Owner", { exact: true })).toHaveValue(fixture.customer.person.id);
  await owner.query("UPDATE people SET disabled_at = now() WHERE id = $1", [fixture.customer.person.id]);
  await dialog.getByRole("button", { name: "Create key" }).click();
  await expect(dialog.getByLabel("Owner", { exact: true })).toHaveAccessibleDescription(
    /must be one of the organization's people/,
  );
  await expect(dialog.getByLabel("Name")).toHaveValue("Report");
});

test("replace key: the new one has the same permissions and customers; two presses revoke the old one", async ({
  admin: page,
  ida,
  console,
}) => {
  const { owner } = console.database;
  const { fixture, name } = await makeCustomer(console.database);
  const old = await makeKey(owner, {
    ownerId: ida.id,
    scopes: ["admin", "runs.read", "audit.read"],
    orgIds: [fixture.orgId],
  });
  await visit(page, `/keys/${old.id}`);
  await page.getByRole("button", { name: "Replace key…" }).click();
  const dialog = page.getByRole("dialog", { name: "Replace this key" });
  await expect(dialog.getByLabel("Name")).toHaveValue(old.name);
  await expect(dialog.getByRole("checkbox", { name: "audit.read" })).toBeChecked();
  await expect(dialog.getByRole("checkbox", { name })).toBeChecked();
  await expectAccessible(page, "replacing a key");
  await dialog.getByRole("button", { name: "Create key" }).click();
  const key = await page.getByTestId("key").innerText();
  await page.getByRole("button", { name: "I’ve saved the key" }).click();
  expect(await statusOf(console.server.baseUrl, old.text)).toBe(200);
  await expect(page.getByRole("link", { name: "The new key" })).toBeVisible();
  await page.getByRole("button", { name: "Revoke key" }).click();
  const alert = page.getByRole("alertdialog", { name: "Revoke this key?" });
  await expect(alert.getByLabel(/^Reason/)).toHaveValue("Replaced by a new key");
  await alert.getByRole("button", { name: "Revoke key" }).click();
  await expect(page.getByText("Revoked by you.")).toBeVisible();
  expect(await statusOf(console.server.baseUrl, old.text)).toBe(401);
  const me = await callHttp(console.server.baseUrl, "GET", "/v1/auth/me", {
    headers: { Authorization: `Bearer ${key}` },
  });
  expect(JSON.parse(me.text)).toMatchObject({
    scopes: ["admin", "runs.read", "audit.read"],
    reach: { all: false, org_ids: [fixture.orgId] },
  });
});

test("bulk cancellation: offered to keys, and part of the admin's role", async ({ admin: page, ida }) => {
  await visit(page, "/keys");
  await page.getByRole("button", { name: "New key" }).click();
  const dialog = page.getByRole("dialog", { name: "New key" });
  await dialog.getByRole("radio", { name: "Custom", exact: true }).check();
  await expect(dialog.getByRole("checkbox", { name: "runs.cancel" })).toHaveCount(2);
  await visit(page, `/people/${ida.id}`);
  await expect(page.getByRole("region", { name: "Role: Admin" })).toContainText("Cancel a run");
  await expect(page.getByRole("region", { name: "Role: Admin" })).toContainText("Cancel many runs");
});

test("key filters: kept in the URL; an invalid one is reported", async ({ admin: page, console }) => {
  const { slug } = await makeCustomer(console.database);
  await visit(page, "/keys");
  await page.getByRole("button", { name: "State" }).click();
  await page.getByRole("radio", { name: "Suspended" }).check();
  await expect(page).toHaveURL("/keys?state=suspended");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("link", { name: "Migration script" })).toBeVisible();
  await visit(page, `/keys?org=${slug}&kind=inference&state=revoked`);
  await expect(page.getByText("No key matches these filters")).toBeVisible();
  await expectAccessible(page, "keys, none match");
  await page.getByRole("link", { name: "Show all keys" }).click();
  await expect(page).toHaveURL("/keys");
  await visit(page, "/keys?state=lost");
  await expect(page.getByText("Invalid filter")).toBeVisible();
  await visit(page, "/keys?pq=x");
  await expect(page.getByText("This page of the list is gone")).toBeVisible();
});

test("support: sees a suspected key read-only; a key out of reach is not found", async ({
  page,
  console,
  openAs,
  faults,
}) => {
  faults.expect(/\/keys\/[0-9a-f-]+: .* 404/);
  const { key, fixture, name } = await makeCustomer(console.database);
  await visit(page, "/runs");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Keys" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Keys");
  const ask = (what: string) =>
    `Your role doesn’t include ${what}. Ask an admin for the permission keys.manage.`;
  const make = page.getByRole("button", { name: "New key" });
  await expect(make).toBeDisabled();
  await expect(make).toHaveAccessibleDescription(ask("creating keys"));
  await make.click({ force: true });
  await expect(page.getByRole("dialog")).toBeHidden();
  await expectAccessible(page, "keys, for support");

  await visit(page, `/keys/${key.id}`);
  await expect(page.getByText(`${key.prefix}…`).first()).toBeVisible();
  const facts = page.getByRole("region", { name: "Details" });
  await expect(facts).toContainText(fixture.customer.person.name);
  await expect(facts).toContainText(name);
  await expect(page.getByRole("link", { name: "Runs created with this key" })).toBeVisible();
  const revoke = page.getByRole("button", { name: "Revoke key" });
  await expect(revoke).toBeDisabled();
  await expect(revoke).toHaveAccessibleDescription(ask("managing keys"));
  await revoke.click({ force: true });
  await expect(page.getByRole("alertdialog")).toBeHidden();
  await expectAccessible(page, "a key, for support");
  const { owner } = console.database;
  const other = await openAs(
    await makePerson(owner, { role: "admin", orgIds: [(await seedFixture(owner)).orgId] }),
  );
  await visit(other, `/keys/${key.id}`);
  await expect(other.getByRole("heading", { level: 1 })).toHaveText("Key not found");
  await expectAccessible(other, "no such key");
});

test("palette: opens the keys", async ({ admin: page }) => {
  await visit(page, "/runs");
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog", { name: "Commands" }).getByRole("combobox")).toBeFocused();
  await page.keyboard.type("keys");
  await expect(page.getByRole("option", { name: "Keys", exact: true })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/keys");
});
