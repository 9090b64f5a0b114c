import { makePerson } from "@/test/credentials";
import { makeRun } from "@/test/fixture";
import { expect, stateOf, test } from "./agent-test";
import { readEffects } from "./effects";
import { reportAsProvider } from "./provider-report";
import { keepFromPolling, openDialog } from "./run-page";

test("open dialog while someone else cancels: names the person and the ticket", async ({
  page,
  openAs,
  console,
  fixture,
  agent,
}) => {
  const id = await makeRun(console.database.owner, fixture);
  const [first, second] = [
    await openDialog(page, id),
    await openDialog(await openAs(await makePerson(console.database.owner)), id),
  ];
  await second.reason.fill("mine came later");
  await first.reason.fill("Ticket #4821: duplicate submission");
  await first.confirm.click();
  await expect(page.getByText("Canceled by you.")).toBeVisible();

  await expect(second.dialog).toContainText(
    new RegExp(`Canceled \\d+ s earlier by ${agent.name}, ticket #4821\\.`),
  );
  await expect(second.dialog).toContainText("there is nothing left to cancel");
  await expect(second.confirm).toBeHidden();
  const close = second.dialog.getByRole("button", { name: "Close" });
  await expect(close).toBeFocused();
  await close.click();
  await expect(second.dialog).toBeHidden();
  await expect(second.cancel).toBeHidden();
  await expect(page.getByText(`Canceled by you`)).toBeVisible();
  await expect(second.timeline).toContainText(`By ${agent.name}, support`);
  expect(await readEffects(console.database, id)).toEqual({
    status: "canceled",
    reasons: ["Ticket #4821: duplicate submission"],
    jobs: 1,
  });
});

test("second cancel: learns who was first, and that it changed nothing", async ({
  page,
  openAs,
  console,
  fixture,
  agent,
  faults,
}) => {
  faults.expect(/\/v1\/runs\/.*ERR_TIMED_OUT/);
  const id = await makeRun(console.database.owner, fixture);
  const other = await openAs(await makePerson(console.database.owner));
  const [first, second] = [await openDialog(page, id), await openDialog(other, id)];
  await keepFromPolling(other);
  await first.reason.fill("See https://desk.example/t/99.");
  await first.confirm.click();
  await expect(page.getByText("Canceled by you.")).toBeVisible();

  await second.reason.fill("Ticket #5000: me too");
  await second.confirm.click();
  await expect(second.dialog).toBeHidden();
  await expect(other.getByRole("main")).toContainText(
    new RegExp(`Canceled \\d+ s earlier by ${agent.name}, ticket https://desk\\.example/t/99\\.`),
  );
  await expect(other.getByRole("main")).toContainText("Your request changed nothing.");
  await expect(other.getByText("Canceled by you")).toBeHidden();
  expect(await readEffects(console.database, id)).toEqual({
    status: "canceled",
    reasons: ["See https://desk.example/t/99."],
    jobs: 1,
  });
});

test("cancel in another window by the same person: shown as their own", async ({
  page,
  context,
  console,
  fixture,
}) => {
  const id = await makeRun(console.database.owner, fixture);
  const other = await context.newPage();
  const [first, second] = [await openDialog(page, id), await openDialog(other, id)];
  await first.reason.fill("Ticket #12");
  await first.confirm.click();
  await expect(second.dialog).toContainText(/Canceled \d+ s earlier by you, ticket #12\./);
});

for (const [status_code, words] of [
  ["succeeded", "Already succeeded"],
  ["failed", "Already failed"],
  ["partial_succeeded", "Already partly succeeded"],
] as const) {
  test(`cancel after the provider's end: ${words}`, async ({ page, console, fixture, faults }) => {
    faults.expect(/\/v1\/runs\/.*ERR_TIMED_OUT/);
    const { database, server } = console;
    const id = await makeRun(database.owner, fixture);
    const run = await openDialog(page, id);
    await keepFromPolling(page);
    await reportAsProvider(server.baseUrl, id, { status_code });
    await run.reason.fill("Ticket #4821");
    await run.confirm.click();
    await expect(page.getByRole("main")).toContainText(
      new RegExp(`${words} \\d+ s ago\\. Your request changed nothing\\.`),
    );
    await expect(page.getByText("Canceled by you")).toBeHidden();
    expect(await readEffects(database, id)).toEqual({ status: status_code, reasons: [], jobs: 0 });
  });
}

test("open dialog while the provider reports the end: the dialog shows it", async ({
  page,
  console,
  fixture,
}) => {
  const { database, server } = console;
  const id = await makeRun(database.owner, fixture);
  const run = await openDialog(page, id);
  await run.reason.fill("Ticket #4821");
  await reportAsProvider(server.baseUrl, id, { status_code: "succeeded", cost: "0.27" });
  await expect(run.dialog).toContainText(/Already succeeded \d+ s ago\./);
  await expect(run.confirm).toBeHidden();
  await page.keyboard.press("Escape");
  await expect(run.cost).toContainText("0.27 USD");
});

test("page of one person, after another signed in in the same browser: cancels nothing", async ({
  page,
  context,
  console,
  fixture,
  faults,
}) => {
  faults.expect(/403 \(Forbidden\)/);
  const id = await makeRun(console.database.owner, fixture);
  const run = await openDialog(page, id);
  await run.reason.fill("Ticket #4821: duplicate submission");
  const other = await makePerson(console.database.owner);
  await context.addCookies((await stateOf(console.server.baseUrl, other)).cookies);
  await run.confirm.click();
  await expect(run.dialog).toContainText(
    "Someone else has signed in to this browser since you opened this page",
  );
  await expect(run.reason).toHaveValue("Ticket #4821: duplicate submission");
  expect(await readEffects(console.database, id)).toEqual({ status: "running", reasons: [], jobs: 0 });

  const again = await openDialog(page, id);
  await again.reason.fill("Ticket #4821: duplicate submission");
  await again.confirm.click();
  await expect(page.getByText("Canceled by you.")).toBeVisible();
  await expect(again.timeline).toContainText(`By ${other.name}`);
});
