import { createHmac } from "node:crypto";
import type { Page } from "@playwright/test";
import type { Pool } from "pg";
import { MASK } from "@/lib/client/payloads";
import { makePerson } from "@/test/credentials";
import { endRuns, makeRunWithCallback, makeWebhook } from "@/test/deliveries";
import { makeRun, seedFixture } from "@/test/fixture";
import { type Receiver, startReceiver } from "@/test/receiver";
import { startWorker } from "@/test/worker";
import { expectAccessible } from "./accessible";
import { expect, test as base } from "./agent-test";
import { visit } from "./visit";

/** `receiver`: a customer's server, with a worker that delivers to it. */
type Fixtures = { admin: Page; receiver: Receiver };

const test = base.extend<Fixtures>({
  admin: async ({ openAs, console }, use) =>
    use(await openAs(await makePerson(console.database.owner, { role: "admin" }))),
  receiver: async ({ console }, use) => {
    const receiver = await startReceiver();
    const worker = await startWorker(console.database.workerUrl);
    await use(receiver);
    await worker.stop();
    await receiver.close();
  },
});

/** This test's own customer, so that its lists contain nothing else. */
async function makeCustomer(owner: Pool) {
  const fixture = await seedFixture(owner);
  const { rows } = await owner.query<{ slug: string; name: string }>(
    "SELECT slug, name FROM organizations WHERE id = $1",
    [fixture.orgId],
  );
  return { fixture, ...rows[0]! };
}

const actionsOn = async (owner: Pool, orgId: string): Promise<string[]> =>
  (
    await owner.query<{ action: string }>("SELECT action FROM audit_entries WHERE org_id = $1 ORDER BY id", [
      orgId,
    ])
  ).rows.map(({ action }) => action);

test("webhook: created, changed, disabled, enabled and deleted, each with an audit entry", async ({
  admin: page,
  console,
  faults,
}) => {
  faults.expect(/\/v1\/webhooks: .* 422/);
  const { owner } = console.database;
  const { fixture, slug, name } = await makeCustomer(owner);
  await visit(page, `/webhooks?org=${slug}`);
  await expect(page.getByText(`${name} has no webhooks`)).toBeVisible();
  await expectAccessible(page, "webhooks, none");

  await page.getByRole("button", { name: "New webhook" }).click();
  const dialog = page.getByRole("dialog");
  const address = dialog.getByLabel("Address");
  await expect(address).toBeFocused();
  await expect(dialog.getByRole("button", { name: /^Customer/ })).toContainText(name);
  await dialog.getByRole("button", { name: "Create webhook" }).click();
  await expect(address).toHaveAccessibleDescription("Enter an address.");
  await address.fill("ftp://hooks.example.com");
  await dialog.getByRole("button", { name: "Create webhook" }).click();
  await expect(address).toHaveAccessibleDescription(/https/);
  await expectAccessible(page, "new webhook, refused");
  await address.fill("https://hooks.example.com/runs");
  await dialog.getByRole("checkbox", { name: /run\.completed/ }).uncheck();
  await address.press("Enter");

  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Webhook https://hooks.example.com/runs");
  const facts = page.getByRole("region", { name: "Details" });
  await expect(facts).not.toContainText("run.completed");
  await expect(facts).toContainText("run.cancelled");
  await expectAccessible(page, "a webhook without deliveries");

  await page.getByRole("button", { name: "Edit" }).click();
  await dialog.getByLabel("Description").fill("Their staging system");
  await dialog.getByRole("button", { name: "Save changes" }).click();
  await expect(facts).toContainText("Their staging system");
  await expect(page.getByRole("button", { name: "Edit" })).toBeFocused();

  await page.getByRole("button", { name: "Disable webhook" }).click();
  const alert = page.getByRole("alertdialog");
  await expect(alert.getByRole("button", { name: "Keep webhook" })).toBeFocused();
  await expectAccessible(page, "disabling a webhook");
  await alert.getByRole("button", { name: "Disable webhook" }).click();
  await expect(page.getByRole("main").getByRole("status", { name: "Status" })).toHaveText("Disabled");
  await expect(page.getByRole("button", { name: "Send a test" })).toBeDisabled();
  await page.getByRole("button", { name: "Enable webhook" }).click();
  await expect(page.getByRole("main").getByRole("status", { name: "Status" })).toHaveText("Enabled");

  await page.getByRole("button", { name: "Delete" }).click();
  await alert.getByRole("button", { name: "Delete webhook" }).click();
  await expect(page).toHaveURL(/\/webhooks$/);
  expect(await actionsOn(owner, fixture.orgId)).toEqual([
    "webhook.created",
    "webhook.updated",
    "webhook.updated",
    "webhook.updated",
    "webhook.deleted",
  ]);
});

test("concurrent edit: a colleague's changes to other fields stay", async ({ admin: page, console }) => {
  const { owner } = console.database;
  const { fixture } = await makeCustomer(owner);
  const id = await makeWebhook(owner, fixture.orgId, "https://hooks.example.com/a", ["run.failed"]);
  await visit(page, `/webhooks/${id}`);
  await page.getByRole("button", { name: "Edit" }).click();
  await owner.query("UPDATE webhooks SET event_types = '{run.cancelled}' WHERE id = $1", [id]);
  await page.getByRole("dialog").getByLabel("Description").fill("ours");
  await page.getByRole("button", { name: "Save changes" }).click();
  const facts = page.getByRole("region", { name: "Details" });
  await expect(facts).toContainText("ours");
  await expect(facts).toContainText("run.cancelled");
  await expect(facts).not.toContainText("run.failed");
});

test("webhook secret: shown once, signs messages, and is replaced without a gap", async ({
  admin: page,
  console,
  receiver,
}) => {
  const { owner } = console.database;
  const { fixture, slug, name } = await makeCustomer(owner);
  const id = await makeWebhook(owner, fixture.orgId, `${receiver.origin}/hook`, ["run.failed"]);
  await visit(page, "/webhooks/secrets");
  const main = page.getByRole("main");
  await main.getByRole("searchbox", { name: "Search customers" }).fill(name);
  await expectAccessible(page, "secrets without a customer");
  await main.getByRole("radio", { name }).click();
  await expect(page).toHaveURL(`/webhooks/secrets?org=${slug}`);
  const secrets = page.getByRole("region", { name: "Signing secrets" });
  await expect(secrets).toContainText(`${name} has no secret: deliveries to it are not signed.`);
  const make = async () => {
    await secrets.getByRole("button", { name: "New secret" }).click();
    const dialog = page.getByRole("alertdialog");
    await dialog.getByRole("button", { name: "Create secret" }).click();
    const secret = await dialog.getByTestId("secret").innerText();
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    await expect(dialog.getByTestId("secret")).toBeVisible();
    await expectAccessible(page, "a new secret");
    await dialog.getByRole("button", { name: "I’ve saved the secret" }).click();
    await expect(page.getByText(secret)).toBeHidden();
    return secret;
  };
  const [first, second] = [await make(), await make()];
  await expect(secrets).toContainText("Promote the newer one");
  await expect(secrets.getByRole("button", { name: `Disable secret …${first.slice(-4)}` })).toBeDisabled();

  const send = async (count: number) => {
    await visit(page, `/webhooks/${id}`);
    await page.getByRole("button", { name: "Send a test" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Send", exact: true }).click();
    await expect(page.getByRole("link", { name: "View the delivery" })).toBeVisible();
    await expect.poll(() => receiver.heard.length).toBe(count);
    return receiver.heard[count - 1]!;
  };
  const isSignedWith = (secret: string, { body, headers }: Receiver["heard"][number]) =>
    createHmac("sha256", secret).update(body).digest("hex") === headers["runflow-signature"];
  expect(isSignedWith(first, await send(1))).toBe(true);
  await expectAccessible(page, "a sent test event");
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
  await expect(page.getByRole("table", { name: "Deliveries" })).toContainText("Delivered");

  await secrets.getByRole("button", { name: `Promote …${second.slice(-4)}` }).click();
  await expectAccessible(page, "promoting a secret");
  await page.getByRole("button", { name: "Promote secret" }).click();
  await expect(secrets).toContainText("Disable the older one");
  expect(isSignedWith(second, await send(2))).toBe(true);
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
  await secrets.getByRole("button", { name: `Disable secret …${first.slice(-4)}` }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Disable secret" }).click();
  await expect(secrets).toContainText("1 disabled secret");
  expect(await actionsOn(owner, fixture.orgId)).toEqual([
    "callback_secret.created",
    "callback_secret.created",
    "webhook.tested",
    "callback_secret.promoted",
    "webhook.tested",
    "callback_secret.disabled",
  ]);
});

test("delivery history: filtered, opened, and failed deliveries redelivered", async ({
  page,
  console,
  receiver,
}) => {
  const { owner } = console.database;
  const { fixture, slug } = await makeCustomer(owner);
  await makeWebhook(owner, fixture.orgId, `${receiver.origin}/hook`, ["run.failed"]);
  receiver.behave(({ path }, response) =>
    path === "/hook" ? void response.end("thank you") : void response.writeHead(404).end("who is there"),
  );
  const runs = [
    await makeRun(owner, fixture),
    await makeRunWithCallback(owner, fixture, `${receiver.origin}/gone`),
  ];
  for (const id of runs) await endRuns(owner, [id]);
  await expect.poll(() => receiver.heard.length).toBe(3);
  const attempts = async () =>
    (
      await owner.query(
        "SELECT FROM delivery_attempts a JOIN deliveries d ON d.id = a.delivery_id WHERE d.org_id = $1",
        [fixture.orgId],
      )
    ).rowCount;
  await expect.poll(attempts).toBe(3); // the worker records the result after the receiver has responded
  await owner.query(
    "UPDATE deliveries SET state = 'failed', settled_at = now(), next_attempt_at = NULL WHERE state = 'pending' AND org_id = $1",
    [fixture.orgId],
  );

  await visit(page, `/webhooks/deliveries?org=${slug}`);
  const table = page.getByRole("table", { name: "Deliveries" });
  await expect(table.getByRole("row")).toHaveCount(4);
  await expectAccessible(page, "deliveries");
  await page.getByRole("button", { name: "State" }).click();
  await page.getByRole("radio", { name: "Failed" }).check();
  await expect(page).toHaveURL(/state=failed/);
  await expect(table.getByRole("row")).toHaveCount(2);
  await expect(table).toContainText("HTTP 404");
  await page.keyboard.press("Escape");
  await page.getByRole("searchbox", { name: "Run ID" }).fill(runs[0]!);
  await page.keyboard.press("Enter");
  await expect(page.getByText("No delivery matches these filters")).toBeVisible();
  await page.getByRole("searchbox", { name: "Run ID" }).fill("nonsense");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Invalid filter")).toBeVisible();
  await expectAccessible(page, "deliveries, invalid filter");
  await page.getByRole("searchbox", { name: "Run ID" }).fill(runs[1]!);
  await page.keyboard.press("Enter");
  await expect(table.getByRole("row")).toHaveCount(2);
  await visit(page, page.url());
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");

  await expect(page.getByRole("heading", { level: 1 })).toContainText("run.failed to");
  await expect(page.getByRole("region", { name: "Response to attempt 1" })).toHaveText(MASK);
  await expect(page.getByRole("region", { name: "Body as JSON" })).toContainText(runs[1]!);
  await expectAccessible(page, "a failed delivery");
  receiver.behave((_heard, response) => void response.end("here now"));
  await page.getByRole("button", { name: /^Deliver again/ }).click();
  await expect.poll(() => receiver.heard.length).toBe(4);
  await expect(page.getByText("Delivered: HTTP 200.")).toBeVisible();
  await page.getByRole("link", { name: "View new delivery" }).click();
  await expect(page.getByText("Redelivered by hand")).toBeVisible();
  await expect(page.getByRole("main").getByRole("status", { name: "Status" })).toHaveText("Delivered");
  await page.getByRole("link", { name: runs[1]! }).click();
  const timeline = page.getByRole("region", { name: "Timeline" });
  await expect(timeline).toContainText("Callback: HTTP 404");
  await expect(timeline).toContainText("Callback: HTTP 200");
});

test("deliveries without webhook permission: readable; of a deleted webhook: no redelivery", async ({
  page,
  openAs,
  console,
  faults,
}) => {
  faults.expect(/\/webhooks\/\S+: .* 404/);
  const { owner } = console.database;
  const { fixture, slug } = await makeCustomer(owner);
  const id = await makeWebhook(owner, fixture.orgId, "https://hooks.example.com/a", ["run.failed"]);
  const runId = await makeRun(owner, fixture);
  await endRuns(owner, [runId]);
  await visit(page, "/webhooks");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Your role doesn’t include this page");
  await expectAccessible(page, "webhooks, refused");
  await page.getByRole("link", { name: "View deliveries" }).click();
  await expect(page).toHaveURL(/\/webhooks\/deliveries$/);
  await visit(page, `/webhooks/${id}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Your role doesn’t include this page");

  await owner.query("UPDATE webhooks SET is_enabled = false, deleted_at = now() WHERE id = $1", [id]);
  await owner.query(
    "UPDATE deliveries SET state = 'failed', settled_at = now(), next_attempt_at = NULL WHERE webhook_id = $1",
    [id],
  );
  await visit(page, `/webhooks/deliveries?org=${slug}&webhook=${id}`);
  await page.getByRole("table", { name: "Deliveries" }).getByRole("link").first().click();
  const again = page.getByRole("button", { name: /^Deliver again/ });
  await expect(again).toBeDisabled();
  await expect(again).toHaveAccessibleDescription("The webhook was deleted.");
  await expect(page.getByRole("region", { name: "Details" })).toContainText("Webhook (deleted)");

  const auditor = await openAs(await makePerson(owner, { role: "auditor" }));
  await visit(auditor, page.url());
  await expect(auditor.getByRole("button", { name: /^Deliver again/ })).toHaveAccessibleDescription(
    "Your role doesn’t include redeliveries. Ask an admin for the permission deliveries.redeliver.",
  );
  const stranger = await openAs(
    await makePerson(owner, { role: "admin", orgIds: [(await seedFixture(owner)).orgId] }),
  );
  for (const [path, title] of [
    [new URL(page.url()).pathname, "Delivery not found"],
    [`/webhooks/${id}`, "Webhook not found"],
  ] as const) {
    await visit(stranger, path);
    await expect(stranger.getByRole("heading", { level: 1 })).toHaveText(title);
    await expectAccessible(stranger, path);
  }
  await visit(stranger, `/webhooks?org=${slug}`);
  await expect(stranger.getByText("Customer not found")).toBeVisible();
});
