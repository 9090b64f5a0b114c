import type { Page } from "@playwright/test";
import { callHttp } from "@/test/call-http";
import { type Key, makeKey, makePerson, revokeKey } from "@/test/credentials";
import { makeRun, seedFixture } from "@/test/fixture";
import { expectAccessible } from "./accessible";
import { expect, test } from "./agent-test";
import type { Console } from "./test";
import { visit } from "./visit";

const REASON = "Ticket #4821: the key is abused";
const LIVE = 3;

/** A customer whose key has created a few live runs. */
async function makeAbuse({ database: { owner } }: Console) {
  const fixture = await seedFixture(owner);
  const key = await makeKey(owner, { ownerId: fixture.customer.person.id, orgId: fixture.orgId });
  const runId = await makeRun(owner, fixture);
  for (let n = 1; n < LIVE; n++) await makeRun(owner, fixture, { status: "queued" });
  await makeRun(owner, fixture, { status: "failed" });
  await owner.query("UPDATE runs SET api_key_id = $1, created_ip = '203.0.113.7' WHERE org_id = $2", [
    key.id,
    fixture.orgId,
  ]);
  await owner.query("UPDATE runs SET created_ip = '198.51.100.24' WHERE id = $1", [runId]);
  return { fixture, key, runId };
}

const statusOf = async ({ server }: Console, key: Key): Promise<number> =>
  (await callHttp(server.baseUrl, "GET", "/v1/auth/me", { headers: key.headers })).status;

const actions = (page: Page) => {
  const main = page.getByRole("main");
  return {
    suspend: main.getByRole("button", { name: "Suspend for an hour" }),
    resume: main.getByRole("button", { name: "Resume key" }),
    revoke: main.getByRole("button", { name: "Revoke key" }),
    copy: main.getByRole("button", { name: "Copy link for an admin" }),
    status: main.getByRole("status", { name: "Status" }),
    activity: main.getByRole("region", { name: "Activity" }),
  };
};
const cancelLink = (page: Page, count = LIVE) =>
  page.getByRole("main").getByRole("link", { name: `Cancel its ${count} live runs…` });

const expressionOf = ({ id }: Key) =>
  `api_key_id:${id} AND (status_code:queued OR status_code:dispatching OR status_code:running)`;

function expectPlanFor(address: string, key: Key, reason: string | null): void {
  const url = new URL(address, "http://console.invalid");
  expect(url.pathname).toBe("/cancellations/new");
  expect(url.searchParams.get("q")).toBe(expressionOf(key));
  expect(url.searchParams.get("reason")).toBe(reason);
}

test("abusive run, as an admin with the keyboard: its key, suspended, then its live runs, with one reason", async ({
  openAs,
  console,
}) => {
  const { key, runId } = await makeAbuse(console);
  const page = await openAs(await makePerson(console.database.owner, { role: "admin" }));
  await visit(page, `/runs/${runId}`);
  await page.getByRole("region", { name: "Details" }).getByRole("link", { name: key.name }).press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Key ${key.name}`);
  const { suspend, resume, revoke, status, activity } = actions(page);
  await expect(activity.getByRole("listitem").filter({ hasText: "Live runs" })).toContainText(`${LIVE}`);
  await expect(activity.getByRole("img")).toHaveAccessibleName(
    "Runs created per hour: 4 in 24 hours, most in the last hour with 4.",
  );
  await activity.getByText("View as table").press("Enter");
  await expect(activity.getByRole("table").getByRole("row").nth(1)).toContainText(/3\s*0\s*1\s*0$/);
  await expect(activity).toContainText("Runs created from 2 IP addresses");
  await expect(activity.getByRole("listitem").filter({ hasText: "203.0.113.7" })).toContainText("3");
  await expect(activity.getByRole("link", { name: "198.51.100.24" })).toHaveAttribute(
    "href",
    "/security?ip=198.51.100.24",
  );
  expectPlanFor((await cancelLink(page).getAttribute("href"))!, key, null);
  await expectAccessible(page, "a key with live runs");

  await suspend.press("Enter");
  const dialog = page.getByRole("alertdialog", { name: "Suspend this key for an hour?" });
  await expect(dialog.getByLabel(/^Reason/)).toBeFocused();
  await page.keyboard.press("Control+Enter");
  await expect(dialog.getByLabel(/^Reason/)).toHaveAttribute("aria-invalid", "true");
  await page.keyboard.type(REASON);
  await expectAccessible(page, "suspending a key");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText("Suspended by you.")).toBeVisible();
  await expect(status).toHaveText("Suspended");
  await expect(page.getByText(/^Suspended .* by /)).toBeVisible();
  await expect(page.getByText(/Works again in (59 min|1 h)/)).toBeVisible();
  await expect(suspend).toBeHidden();
  expect(await statusOf(console, key)).toBe(401);
  await expectAccessible(page, "a key that was just suspended");
  expectPlanFor((await cancelLink(page).getAttribute("href"))!, key, REASON);
  await page.reload();
  await expect(resume).toBeVisible();
  await expect(cancelLink(page)).toHaveAttribute("href", /reason=Ticket/);
  await expect(page.getByRole("region", { name: "Audit trail" })).toContainText(REASON);

  await revoke.press("Enter");
  const revoking = page.getByRole("alertdialog", { name: "Revoke this key?" });
  await expect(revoking.getByLabel(/^Reason/)).toHaveValue(REASON);
  await expectAccessible(page, "revoking a suspended key");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText("Revoked by you.")).toBeVisible();
  await expect(status).toHaveText("Revoked");
  await cancelLink(page).press("Enter");
  await expect.poll(() => new URL(page.url()).pathname).toBe("/cancellations/new");
  expectPlanFor(page.url(), key, REASON);
  await expect(page.getByLabel(/^Reason/)).toHaveValue(REASON);
  await expectAccessible(page, "a plan for an abused key");
  await page.getByRole("button", { name: "Create plan" }).press("Enter");
  await expect(page).toHaveURL(/\/cancellations\/[0-9a-f-]{36}$/);
  await expect(page.getByRole("main")).toContainText(REASON);
  await expect(page.getByRole("button", { name: `Start: cancel ${LIVE} runs` })).toBeVisible();
});

test("suspended key: resumed with a reason, and works again", async ({ openAs, console }) => {
  const { key } = await makeAbuse(console);
  const page = await openAs(await makePerson(console.database.owner, { role: "admin" }));
  await visit(page, `/keys/${key.id}`);
  const { suspend, resume, status } = actions(page);
  await suspend.click();
  await page
    .getByRole("alertdialog")
    .getByLabel(/^Reason/)
    .fill(REASON);
  await page.getByRole("alertdialog").getByRole("button", { name: "Suspend for an hour" }).click();
  await expect(status).toHaveText("Suspended");
  await resume.click();
  const dialog = page.getByRole("alertdialog", { name: "Resume this key?" });
  await dialog.getByRole("button", { name: "No abuse" }).click();
  // The box gets the focus, with the caret at the ticket's number, in the next frame.
  await expect(dialog.getByLabel(/^Reason/)).toBeFocused();
  await page.keyboard.type("4821");
  await expectAccessible(page, "resuming a key");
  await dialog.getByRole("button", { name: "Resume key" }).click();
  await expect(page.getByText("Resumed by you.")).toBeVisible();
  await expect(status).toHaveText("Active");
  await expect(suspend).toBeVisible();
  expect(await statusOf(console, key)).toBe(200);
  await expect(page.getByRole("region", { name: "Audit trail" })).toContainText(
    "Ticket #4821: the key is not abused",
  );
});

test("key revoked by a colleague while suspending: the dialog says that it is revoked", async ({
  openAs,
  console,
  faults,
}) => {
  faults.expect(/\/suspension: .* 409/);
  const { key } = await makeAbuse(console);
  const page = await openAs(await makePerson(console.database.owner, { role: "admin" }));
  await visit(page, `/keys/${key.id}`);
  await actions(page).suspend.click();
  await revokeKey(console.database.owner, key);
  const dialog = page.getByRole("alertdialog");
  await dialog.getByLabel(/^Reason/).fill(REASON);
  await dialog.getByRole("button", { name: "Suspend for an hour" }).click();
  await expect(dialog.getByRole("alert")).toContainText("The key is revoked, which can't be undone.");
  await expect(dialog.getByLabel(/^Reason/)).toHaveValue(REASON);
});

test("support: sees the activity, can't stop the key, and copies the links for an admin", async ({
  page,
  context,
  console,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const { key, runId } = await makeAbuse(console);
  await visit(page, `/runs/${runId}`);
  const details = page.getByRole("region", { name: "Details" });
  await expect(details.getByRole("link", { name: "More runs by this key" })).toHaveAttribute(
    "href",
    new RegExp(`/runs\\?q=api_key_id.*${key.id}`),
  );
  await details.getByRole("link", { name: key.name }).click();
  const { suspend, revoke, copy, activity } = actions(page);
  await expect(activity).toContainText("Ask an admin for the permission security.read.");
  await expect(activity.getByRole("listitem").filter({ hasText: "203.0.113.7" })).toContainText("3");
  await expect(activity.getByRole("link", { name: "203.0.113.7" })).toHaveCount(0);
  const ask = (what: string, permission: string) =>
    `Your role doesn’t include ${what}. Ask an admin for the permission ${permission}.`;
  for (const button of [suspend, revoke]) {
    await expect(button).toBeDisabled();
    await expect(button).toHaveAccessibleDescription(ask("managing keys", "keys.manage"));
  }
  const cancel = page.getByRole("main").getByRole("button", { name: `Cancel its ${LIVE} live runs…` });
  await expect(cancel).toBeDisabled();
  await expect(cancel).toHaveAccessibleDescription(ask("canceling many runs at once", "runs.cancel.bulk"));
  await suspend.click({ force: true });
  await expect(page.getByRole("alertdialog")).toBeHidden();
  await expectAccessible(page, "an abused key, for support");

  await copy.press("Enter");
  await expect(page.getByText("Copied link for an admin.")).toBeAttached();
  const [first, second] = (await page.evaluate(() => navigator.clipboard.readText())).split("\n");
  expect(first).toContain(`Key ${key.name} (${key.prefix}…)`);
  expect(first).toMatch(new RegExp(`http\\S+/keys/${key.id}$`));
  expectPlanFor(second!.slice(second!.indexOf("http")), key, null);
});

test("denied requests: counted by code and address, each linked to its events", async ({
  openAs,
  console,
}) => {
  const { key } = await makeAbuse(console);
  const { baseUrl } = console.server;
  for (let n = 0; n < 2; n++) await callHttp(baseUrl, "GET", "/v1/admin/runs", { headers: key.headers });
  const page = await openAs(await makePerson(console.database.owner, { role: "admin" }));
  await visit(page, `/keys/${key.id}`);
  const { activity } = actions(page);
  await expect(activity).toContainText("Denied requests to the admin API");
  await expect(activity.getByRole("listitem").filter({ hasText: "UNAUTHORIZED" })).toContainText("2");
  await expect(activity).toContainText("From 1 IP address");
  await activity.getByRole("link", { name: "UNAUTHORIZED" }).click();
  await expect(page).toHaveURL(`/security?actor=${key.id}&code=UNAUTHORIZED`);
  await expect(page.getByRole("table", { name: "Denied requests" }).getByRole("row")).toHaveCount(3);
});

test("390 px wide: the key is suspended, and its live runs are one press away", async ({
  openAs,
  console,
}) => {
  const { key } = await makeAbuse(console);
  const page = await openAs(await makePerson(console.database.owner, { role: "admin" }));
  await page.setViewportSize({ width: 390, height: 844 });
  await visit(page, `/keys/${key.id}`);
  await actions(page).suspend.click();
  const dialog = page.getByRole("alertdialog");
  await dialog.getByLabel(/^Reason/).fill(REASON);
  await dialog.getByRole("button", { name: "Suspend for an hour" }).click();
  await expect(page.getByText("Suspended by you.")).toBeInViewport();
  await expect(cancelLink(page)).toBeInViewport();
  await expectAccessible(page, "a suspended key, narrow");
});
