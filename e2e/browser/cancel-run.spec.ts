import type { Locator } from "@playwright/test";
import { TEST_PASSWORD } from "@/test/credentials";
import { makeRun } from "@/test/fixture";
import { expect, SIGNED_OUT, test } from "./agent-test";
import { readEffects } from "./effects";
import { keepFromPolling, openDialog, runPage } from "./run-page";
import { expectAlive } from "./visit";

test.describe("cancel journey", () => {
  test.use({ storageState: SIGNED_OUT });

  test("agent signs in, finds a run by id, cancels it with a ticket and reads the entry", async ({
    page,
    context,
    console,
    fixture,
    agent,
    faults,
  }) => {
    faults.expect(/\/api\/auth\/callback\/credentials: .* 401/);
    const { database } = console;
    const id = await makeRun(database.owner, fixture);
    await database.owner.query(
      "UPDATE runs SET callback_url = 'https://hooks.shop.example/runs' WHERE id = $1",
      [id],
    );

    await page.goto("/audit?ticket=%231");
    await expect(page).toHaveURL(`/sign-in?next=${encodeURIComponent("/audit?ticket=%231")}`);
    await expectAlive(page);
    await page.getByLabel("Email").fill(agent.email);
    await page.getByLabel("Password").fill("not the password");
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByRole("main").getByRole("alert").first()).toHaveText(
      "The email and password don’t match an active account.",
    );
    await expect(page.getByLabel("Password")).toBeFocused();
    await page.keyboard.type(TEST_PASSWORD);
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL("/audit?ticket=%231");
    await expect(page.getByRole("heading", { level: 1, name: "Audit trail" })).toBeVisible();

    await expectAlive(page);
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.evaluate(
      (text) => navigator.clipboard.writeText(text),
      `Run ${id} is stuck, says the customer`,
    );
    await page.getByRole("searchbox", { name: "Look up a run" }).focus();
    await page.keyboard.press("ControlOrMeta+V");
    const run = runPage(page);
    await expect(page).toHaveURL(`/runs/${id}`);
    await expect(run.title(id)).toBeVisible();

    await run.cancel.click();
    await expect(run.reason).toBeFocused();
    await expect(run.dialog).toContainText(id);
    await expect(run.dialog).toContainText("Org ");
    await expect(run.dialog).toContainText(
      /The provider may keep computing\. .+ is still billed for that work; there is no refund\./,
    );
    await expect(run.dialog).toContainText("We’ll notify hooks.shop.example (run.cancelled).");
    await expect(run.dialog).not.toContainText("left");

    await run.reason.fill(" ab ");
    await expect(run.dialog.getByRole("status")).toContainText("at least 3 characters");
    await run.confirm.click();
    await expect(run.reason).toBeFocused();
    await expect(run.reason).toHaveAttribute("aria-invalid", "true");
    expect(await readEffects(database, id)).toEqual({ status: "running", reasons: [], jobs: 0 });

    const reason = "Ticket #4821: duplicate submission 🙈";
    await run.reason.fill(reason);
    await expect(run.dialog).toContainText("Ticket #4821");
    await expect(run.dialog.getByRole("link", { name: "#4821" })).toHaveAttribute(
      "href",
      "https://desk.example/tickets/4821",
    );
    await run.confirm.click();
    await expect(run.dialog).toBeHidden();
    await expect(page.getByRole("status").filter({ hasText: "Canceled by you." })).toBeFocused();
    await expect(page.getByRole("main").getByText("Canceled", { exact: true }).first()).toBeVisible();
    await expect(run.cancel).toBeHidden();
    await expect(run.timeline).toContainText(reason);
    expect(await readEffects(database, id)).toEqual({ status: "canceled", reasons: [reason], jobs: 1 });

    await page.getByRole("link", { name: "Audit entry", exact: true }).click();
    await expect(page).toHaveURL(/\/audit\/[0-9a-f-]{36}$/);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(`${agent.name}: canceled run`);
    await expect(page.getByRole("region", { name: "Reason" })).toContainText(reason);
    await expect(page.getByRole("region", { name: "Actor" })).toContainText(agent.email);
    await expect(page.getByRole("region", { name: "Change" })).toContainText("Running → Canceled");
    await expect(page.getByRole("region", { name: "Source" })).toContainText("127.0.0.1");
    await page.getByRole("link", { name: id }).click();
    await expect(run.title(id)).toBeVisible();
  });
});

test("reason: up to 500 characters, as a person counts them", async ({ page, console, fixture }) => {
  const id = await makeRun(console.database.owner, fixture, { status: "queued" });
  const run = await openDialog(page, id);
  await run.reason.fill("🙈".repeat(501));
  await expect(run.dialog).toContainText("1 too many");
  await run.confirm.click();
  await expect(run.reason).toHaveAttribute("aria-invalid", "true");
  expect(await readEffects(console.database, id)).toMatchObject({ status: "queued", reasons: [] });
  await run.reason.press("ControlOrMeta+End");
  await run.reason.press("Backspace");
  await expect(run.reason).toHaveAccessibleDescription(/0 left/);
  await run.confirm.click();
  await expect(page.getByText("Canceled by you.")).toBeVisible();
  expect(await readEffects(console.database, id)).toMatchObject({ reasons: ["🙈".repeat(500)], jobs: 1 });
});

test('"Keep": changes nothing, and the typed reason remains', async ({ page, console, fixture }) => {
  const id = await makeRun(console.database.owner, fixture);
  const run = await openDialog(page, id);
  await run.reason.fill("not sure yet");
  await run.keep.click();
  await expect(run.dialog).toBeHidden();
  await expect(run.cancel).toBeFocused();
  await run.cancel.click();
  await expect(run.reason).toHaveValue("not sure yet");
  expect(await readEffects(console.database, id)).toEqual({ status: "running", reasons: [], jobs: 0 });
});

test("cancel in progress: both buttons and Escape do nothing", async ({ page, console, fixture }) => {
  const id = await makeRun(console.database.owner, fixture);
  const run = await openDialog(page, id);
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route("**/cancellation", async (route) => {
    await held;
    await route.continue();
  });
  await run.reason.fill("Ticket ZD-77: stuck");
  await run.confirm.click();
  await expect(run.dialog.getByRole("button", { name: "Canceling…" })).toBeDisabled();
  await expect(run.keep).toBeDisabled();
  await page.keyboard.press("Escape");
  await expect(run.dialog).toBeVisible();
  release();
  await expect(page.getByText("Canceled by you.")).toBeVisible();
  expect(await readEffects(console.database, id)).toMatchObject({
    reasons: ["Ticket ZD-77: stuck"],
    jobs: 1,
  });
});

test("refused in a small window: the message is scrolled into view", async ({
  page,
  console,
  fixture,
  agent,
  faults,
}) => {
  faults.expect(/ERR_TIMED_OUT/, /\/cancellation: .* 409/);
  await page.setViewportSize({ width: 360, height: 560 });
  const { owner } = console.database;
  const id = await makeRun(owner, fixture);
  const run = await openDialog(page, id);
  await keepFromPolling(page);
  await owner.query("UPDATE runs SET created_by = $1 WHERE id = $2", [agent.id, id]);
  await run.reason.fill("Ticket #4821: stuck");
  await run.confirm.click();
  const requestId = run.dialog.getByRole("alert").getByText("Request ID");
  await expect(requestId).toBeVisible();
  const bottomOf = async (element: Locator) => {
    const { y, height } = (await element.boundingBox())!;
    return y + height;
  };
  expect(await bottomOf(requestId)).toBeLessThanOrEqual((await run.confirm.boundingBox())!.y);
});
