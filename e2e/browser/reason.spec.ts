import type { Page } from "@playwright/test";
import { makeWebhook } from "@/test/deliveries";
import { makeRun, seedFixture } from "@/test/fixture";
import { expectAccessible } from "./accessible";
import { expect, test } from "./agent-test";
import { openDialog } from "./run-page";

test("reason template: inserted, with the caret at the ticket's number", async ({
  page,
  console,
  fixture,
}) => {
  const run = await openDialog(page, await makeRun(console.database.owner, fixture));
  const template = (name: string) => run.dialog.getByRole("button", { name, exact: true });
  await template("Duplicate submission").click();
  await expect(run.reason).toBeFocused();
  await page.keyboard.type("9001");
  await expect(run.reason).toHaveValue("Ticket #9001: duplicate submission");
  await template("Stuck").click();
  await expect(run.reason).toHaveValue("Ticket #9001: duplicate submission stuck, no progress");
  // Focus and caret are set in the next frame; clearing the box before that would lose the caret.
  await expect(run.reason).toBeFocused();
  await run.reason.fill("");
  await template("Stuck").click();
  await template("Abuse").click();
  await expect(run.reason).toHaveValue("Ticket #: abuse of a key");
  await expectAccessible(page, "dialog, a template");
});

test("ticket of earlier cancels: the dialog lists those runs", async ({ page, console, agent }) => {
  const { owner } = console.database;
  const fixture = await seedFixture(owner);
  const [first, second, third] = await Promise.all([1, 2, 3].map(() => makeRun(owner, fixture)));
  await cancel(page, first!, "Ticket #77001: sent twice");
  const run = await openDialog(page, second!);
  const place = await run.confirm.boundingBox();
  await run.reason.fill("Ticket #77001: sent twice");
  const warning = run.dialog.getByText("Ticket #77001 was already used to cancel another run:");
  await expect(warning).toBeVisible();
  expect(await run.confirm.boundingBox()).toEqual(place);
  await expect(run.dialog.getByRole("link", { name: first! })).toHaveAttribute("href", `/runs/${first}`);
  await expect(run.dialog).toContainText(new RegExp(`ago, same customer, by ${agent.name}, was running`));
  await expectAccessible(page, "dialog, a ticket that was used before");
  await page.setViewportSize({ width: 360, height: 740 });
  await run.reason.fill("sent twice");
  const placeOnPhone = await run.confirm.boundingBox();
  await run.reason.fill("Ticket #77001: sent twice");
  await expect(warning).toBeVisible();
  expect(await run.confirm.boundingBox()).toEqual(placeOnPhone);
  expect(await run.dialog.evaluate((dialog) => dialog.scrollWidth - dialog.clientWidth)).toBe(0);
  await run.reason.fill("Ticket #77002: sent twice");
  await expect(warning).toBeHidden();
  await cancel(page, second!, "Ticket #77001: sent twice");
  await openDialog(page, third!);
  const placeOfThird = await run.confirm.boundingBox();
  await run.reason.fill("Ticket #77001: sent twice");
  await expect(run.dialog.getByText("Ticket #77001 was already used to cancel 2 other runs")).toBeVisible();
  expect(await run.confirm.boundingBox()).toEqual(placeOfThird);
  await expect(run.dialog.getByRole("link", { name: second! })).toBeVisible();
  await expect(run.dialog.getByRole("link", { name: first! })).toBeHidden();
  await expect(run.dialog.getByRole("link", { name: "view all" })).toHaveAttribute("href", /^\/audit\?/);
});

test("ticket's link: keeps the focus while its earlier cancels load", async ({ page, console, fixture }) => {
  const { owner } = console.database;
  await cancel(page, await makeRun(owner, fixture), "Ticket #77003: sent twice");
  let answer = () => {};
  const held = new Promise<void>((resolve) => (answer = resolve));
  await page.route(/\/audit-log\?ticket=/, async (route) => {
    await held;
    await route.continue();
  });
  const run = await openDialog(page, await makeRun(owner, fixture));
  await run.reason.fill("Ticket #77003: sent twice");
  await run.reason.press("Tab");
  const link = run.dialog.getByRole("link", { name: "#77003" });
  await expect(link).toBeFocused();
  await expect(run.dialog.getByText("Checking earlier cancels…")).toBeVisible();
  answer();
  await expect(run.dialog.getByText("was already used to cancel another run:")).toBeVisible();
  await expect(link).toBeFocused();
});

async function cancel(page: Page, id: string, reason: string): Promise<void> {
  const run = await openDialog(page, id);
  await run.reason.fill(reason);
  await run.confirm.click();
  await expect(page.getByText("Canceled by you.")).toBeVisible();
}

test("cancel dialog: says who is notified, and the effect on a waiting run", async ({ page, console }) => {
  const { owner } = console.database;
  const fixture = await seedFixture(owner);
  const run = await openDialog(page, await makeRun(owner, fixture, { status: "queued" }));
  await expect(run.dialog).toContainText("The provider may still start it");
  await expect(run.dialog).toContainText("No one is notified");
  for (const host of ["a", "b", "c", "d", "a"])
    await makeWebhook(owner, fixture.orgId, `https://${host}.example/hook`, ["run.cancelled"]);
  await makeWebhook(owner, fixture.orgId, "https://other.example/hook", ["run.failed"]);
  await openDialog(page, await makeRun(owner, fixture));
  await expect(run.dialog).toContainText(
    "We’ll notify a.example, b.example, c.example and 1 more (run.cancelled).",
  );
});
