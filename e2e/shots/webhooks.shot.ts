import { visit } from "@/e2e/browser/visit";
import { makePerson } from "@/test/credentials";
import { endRuns, makeCallbackSecret, makeWebhook } from "@/test/deliveries";
import { makeRun, seedFixture } from "@/test/fixture";
import { startReceiver } from "@/test/receiver";
import { startWorker } from "@/test/worker";
import { photograph } from "./photograph";
import { expect, test as base } from "./shot-test";

type Told = { /** A delivery that got a 503. */ delivery: string; webhook: string };

const test = base.extend<object, { told: Told }>({
  told: [
    async ({ console, fixture }, use) => {
      const { owner, workerUrl } = console.database;
      const receiver = await startReceiver();
      const worker = await startWorker(workerUrl);
      receiver.behave(({ path }, response) =>
        path === "/hook"
          ? void response.end("thank you")
          : void response.writeHead(503).end("come back later"),
      );
      const events = ["run.completed", "run.failed", "run.cancelled"] as const;
      const webhook = await makeWebhook(owner, fixture.orgId, `${receiver.origin}/hook`, [...events]);
      await makeWebhook(owner, fixture.orgId, `${receiver.origin}/staging`, ["run.failed"]);
      await owner.query(
        "UPDATE webhooks SET description = 'Their staging system' WHERE url LIKE '%/staging'",
      );
      await makeCallbackSecret(owner, fixture.orgId, "rf_whs_the_first_secret_2f9c");
      await makeCallbackSecret(owner, fixture.orgId, "rf_whs_the_second_secret_81ab", false);
      const runs = await Promise.all([1, 2, 3].map(() => makeRun(owner, fixture)));
      for (const id of runs) await endRuns(owner, [id]);
      await expect.poll(() => receiver.heard.length).toBeGreaterThanOrEqual(6);
      await worker.stop();
      const { rows } = await owner.query<{ id: string }>(
        "SELECT id FROM deliveries WHERE url LIKE '%/staging' ORDER BY id LIMIT 1",
      );
      await use({ delivery: rows[0]!.id, webhook });
      await receiver.close();
    },
    { scope: "worker" },
  ],
});

test("webhooks", async ({ admin, told }) => {
  expect(told.webhook).toBeTruthy();
  await visit(admin, "/webhooks?org=nordlicht");
  await photograph(admin);
});

test("webhooks--empty", async ({ admin }) => {
  await visit(admin, "/webhooks?org=basalt");
  await photograph(admin);
});

test("webhooks--new", async ({ admin }) => {
  await visit(admin, "/webhooks?org=basalt");
  await admin.getByRole("button", { name: "New webhook" }).click();
  await expect(admin.getByRole("dialog").getByLabel("Address")).toBeFocused();
  await photograph(admin);
});

test("webhooks--new-refused", async ({ admin }) => {
  await visit(admin, "/webhooks?org=basalt");
  await admin.getByRole("button", { name: "New webhook" }).click();
  const dialog = admin.getByRole("dialog");
  await dialog.getByLabel("Address").fill("ftp://hooks.example.com");
  await dialog.getByRole("button", { name: "Create webhook" }).click();
  await expect(dialog.getByLabel("Address")).toHaveAccessibleDescription(/https/);
  await photograph(admin);
});

test("webhooks--one", async ({ admin, told }) => {
  await visit(admin, `/webhooks/${told.webhook}`);
  await photograph(admin);
});

test("webhooks--disabling", async ({ admin, told }) => {
  await visit(admin, `/webhooks/${told.webhook}`);
  await admin.getByRole("button", { name: "Disable webhook" }).click();
  await expect(admin.getByRole("alertdialog")).toBeVisible();
  await photograph(admin);
});

test("webhooks--test", async ({ admin, told }) => {
  await visit(admin, `/webhooks/${told.webhook}`);
  await admin.getByRole("button", { name: "Send a test" }).click();
  await expect(admin.getByRole("dialog", { name: "Send a test" })).toBeVisible();
  await photograph(admin);
});

test("webhooks--secret-shown-once", async ({ admin }) => {
  await visit(admin, "/webhooks/secrets?org=basalt");
  await admin.getByRole("button", { name: "New secret" }).click();
  await admin.getByRole("button", { name: "Create secret" }).click();
  await expect(admin.getByTestId("secret")).toBeVisible();
  await photograph(admin);
});

test("webhooks--refused", async ({ page }) => {
  await visit(page, "/webhooks");
  await photograph(page);
});

test("deliveries", async ({ page, told }) => {
  expect(told.delivery).toBeTruthy();
  await visit(page, "/webhooks/deliveries");
  await photograph(page);
});

test("deliveries--none-match", async ({ page }) => {
  await visit(page, "/webhooks/deliveries?run=0196f1a0-0000-7000-8000-00000000abcd");
  await photograph(page);
});

test("deliveries--one", async ({ page, told }) => {
  await visit(page, `/webhooks/deliveries/${told.delivery}`);
  await photograph(page);
});

test("deliveries--of-a-run", async ({ page, told, console }) => {
  const { rows } = await console.database.owner.query<{ run_id: string }>(
    "SELECT run_id FROM deliveries WHERE id = $1",
    [told.delivery],
  );
  await visit(page, `/runs/${rows[0]!.run_id}`);
  await photograph(page);
});

test("deliveries--empty", async ({ openAs, console }) => {
  const { owner } = console.database;
  const { orgId } = await seedFixture(owner);
  const newcomer = await openAs(await makePerson(owner, { orgIds: [orgId] }));
  await visit(newcomer, "/webhooks/deliveries");
  await photograph(newcomer);
});
