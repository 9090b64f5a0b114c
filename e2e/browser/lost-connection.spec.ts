import { makeRun } from "@/lib/testing/scene";
import { expect, test } from "./agent-test";
import { readEffects } from "./effects";
import { keepFromPolling, openDialog } from "./run-page";

test("an answer that is lost on its way is asked for again with the same key", async ({
  page,
  console,
  scene,
  faults,
}) => {
  faults.expect(/\/cancellation: .*ERR_CONNECTION_RESET/);
  const id = await makeRun(console.database.owner, scene);
  const keys: (string | null)[] = [];
  await page.route("**/cancellation", async (route) => {
    keys.push(await route.request().headerValue("idempotency-key"));
    if (keys.length > 1) return route.continue();
    const answer = await route.fetch();
    expect(answer.status()).toBe(201);
    await route.abort("connectionreset");
  });
  const run = await openDialog(page, id);
  await run.reason.fill("Ticket #4821");
  await run.confirm.click();
  await expect(page.getByText("Cancelled by you.")).toBeVisible();
  expect(keys).toHaveLength(2);
  expect(keys[0]).toMatch(/\S/);
  expect(keys[1]).toBe(keys[0]);
  expect(await readEffects(console.database, id)).toEqual({
    status: "canceled",
    reasons: ["Ticket #4821"],
    jobs: 1,
  });
});

test("when every try is lost the dialog says so, and a press later still tells the truth", async ({
  page,
  context,
  console,
  scene,
  faults,
}) => {
  faults.expect(/ERR_INTERNET_DISCONNECTED/, /ERR_CONNECTION_RESET/, /ERR_TIMED_OUT/);
  const id = await makeRun(console.database.owner, scene);
  const keys = new Set<string | null>();
  let isFirst = true;
  await page.route("**/cancellation", async (route) => {
    keys.add(await route.request().headerValue("idempotency-key"));
    if (!isFirst) return route.continue();
    isFirst = false;
    await route.fetch();
    await context.setOffline(true);
    await route.abort("connectionreset");
  });
  const run = await openDialog(page, id);
  await run.reason.fill("Ticket #4821");
  await run.confirm.click();
  await expect(run.dialog.getByRole("alert")).toContainText("The connection was lost before an answer came");
  await expect(run.reason).toHaveValue("Ticket #4821");
  // Or the page might find out by itself, before the press, that the run is cancelled.
  await keepFromPolling(page);
  await context.setOffline(false);
  await run.confirm.click();
  await expect(page.getByText("Cancelled by you.")).toBeVisible();
  expect(keys.size).toBe(1);
  expect(await readEffects(console.database, id)).toMatchObject({ reasons: ["Ticket #4821"], jobs: 1 });
});

test("a server that breaks after it has cancelled is asked again with the same key", async ({
  page,
  console,
  scene,
  faults,
}) => {
  faults.expect(/\/cancellation: .*status of 500/, /ERR_TIMED_OUT/);
  const id = await makeRun(console.database.owner, scene);
  const keys: (string | null)[] = [];
  await page.route("**/cancellation", async (route) => {
    keys.push(await route.request().headerValue("idempotency-key"));
    if (keys.length > 1) return route.continue();
    expect((await route.fetch()).status()).toBe(201);
    await route.fulfill({ status: 500, body: "broken on the way" });
  });
  await keepFromPolling(page);
  const run = await openDialog(page, id);
  await run.reason.fill("Ticket #4821");
  await run.confirm.click();
  await expect(run.dialog.getByRole("alert")).toBeVisible();
  await run.confirm.click();
  await expect(page.getByText("Cancelled by you.")).toBeVisible();
  expect(keys).toHaveLength(2);
  expect(keys[1]).toBe(keys[0]);
});
