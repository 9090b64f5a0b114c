import type { Page } from "@playwright/test";
import { endRuns, makeRunWithCallback } from "@/test/deliveries";
import { makePerson } from "@/test/credentials";
import { makeRun } from "@/test/fixture";
import { startReceiver } from "@/test/receiver";
import { startWorker } from "@/test/worker";
import { expect, test } from "./agent-test";
import { runPage } from "./run-page";
import { visit } from "./visit";

const countRequests = (page: Page, ending: string): { count: number } => {
  const counted = { count: 0 };
  page.on("request", (request) => {
    if (request.method() === "POST" && request.url().endsWith(ending)) counted.count++;
  });
  return counted;
};

/** Presses a key and keeps holding it after the page has reacted. */
async function hold(page: Page, key: string, isDone: () => Promise<unknown>): Promise<void> {
  await page.keyboard.down(key);
  await isDone();
  for (let time = 0; time < 15; time++) await page.keyboard.down(key);
  await page.keyboard.up(key);
}

for (const [name, press] of [
  ["a double click", (page: Page) => again(page).dblclick()],
  [
    "Enter held down",
    async (page: Page) => {
      await again(page).focus();
      const answered = page.waitForResponse(/callback-redeliveries$/);
      await hold(page, "Enter", () => answered);
    },
  ],
  [
    "a second click as soon as the first is answered",
    async (page: Page) => {
      const answered = page.waitForResponse(/callback-redeliveries$/);
      await again(page).click();
      await answered;
      await again(page).click({ force: true });
    },
  ],
] as const) {
  test(`redeliver by ${name}: one delivery`, async ({ page, console, fixture }) => {
    const { owner, workerUrl } = console.database;
    const receiver = await startReceiver();
    const worker = await startWorker(workerUrl);
    try {
      receiver.behave((_heard, response) => void response.end("thank you"));
      const id = await makeRunWithCallback(owner, fixture, `${receiver.origin}/hook`);
      await endRuns(owner, [id]);
      await expect.poll(() => receiver.heard.length).toBe(1);
      await visit(page, `/runs/${id}`);
      await expect(page.getByRole("region", { name: "Callback and webhooks" })).toContainText("Delivered");
      await page.waitForLoadState("networkidle");
      const asked = countRequests(page, "/callback-redeliveries");
      await press(page);
      await expect(page.getByText("Callback, again")).toHaveCount(1);
      await expect.poll(() => receiver.heard.length).toBe(2);
      expect(asked.count).toBe(1);
    } finally {
      await worker.stop();
      await receiver.close();
    }
  });
}

const again = (page: Page) => page.getByRole("button", { name: /^Deliver again/ }).last();

test("c held down: opens the dialog and types nothing into the reason", async ({
  page,
  console,
  fixture,
}) => {
  const id = await makeRun(console.database.owner, fixture);
  await visit(page, `/runs/${id}`);
  await page.waitForLoadState("networkidle");
  const run = runPage(page);
  await page.keyboard.down("c");
  await expect(run.reason).toBeFocused();
  for (let time = 0; time < 20; time++) await page.keyboard.down("c");
  await page.keyboard.up("c");
  await expect(run.reason).toHaveValue("");
  await page.keyboard.type("cc");
  await expect(run.reason).toHaveValue("cc");
});

test("key held within one text field: repeats as usual", async ({ page, console, fixture }) => {
  const id = await makeRun(console.database.owner, fixture);
  await visit(page, `/runs/${id}`);
  const run = runPage(page);
  await run.cancel.click();
  await expect(run.reason).toBeFocused();
  await hold(page, "x", () => expect(run.reason).toHaveValue("x"));
  await expect(run.reason).toHaveValue("x".repeat(16));
});

for (const [name, press] of [
  [
    "Enter held down",
    (page: Page) => hold(page, "Enter", () => expect(page.getByTestId("key")).toBeVisible()),
  ],
  ["a double click", (page: Page) => page.getByRole("button", { name: "Create key" }).dblclick()],
] as const) {
  test(`create key by ${name}: shown, not confirmed as saved`, async ({ openAs, console }) => {
    const page = await openAs(await makePerson(console.database.owner, { role: "admin" }));
    await visit(page, "/keys");
    await page.getByRole("button", { name: "New key" }).click();
    const dialog = page.getByRole("dialog", { name: "New key" });
    await dialog.getByLabel("Name").fill("Nightly report");
    const asked = countRequests(page, "/v1/admin/keys");
    await dialog.getByRole("button", { name: "Create key" }).focus();
    await press(page);
    const shown = page.getByRole("alertdialog", { name: "Your new key" });
    await expect(shown.getByTestId("key")).toHaveText(/^rf_/);
    await expect(shown.getByRole("button", { name: "I’ve saved the key" })).toBeEnabled();
    expect(asked.count).toBe(1);
  });
}
