import { makePerson } from "@/test/credentials";
import { makeRun, seedFixture } from "@/test/fixture";
import { expectAccessible } from "./accessible";
import { expect, stateOf, test } from "./agent-test";
import { visit } from "./visit";

const MOMENT = Date.parse("2026-03-08T04:40:00Z");

test("time range in New York: words become UTC in the URL; the chosen zone applies to every page", async ({
  browser,
  console,
  faults,
}) => {
  const { database, server } = console;
  const fixture = await seedFixture(database.owner);
  const inside = await makeRun(database.owner, fixture, { status: "succeeded", ageMs: Date.now() - MOMENT });
  await makeRun(database.owner, fixture, { status: "succeeded", ageMs: Date.now() - MOMENT - 3_600_000 });
  const storageState = await stateOf(server.baseUrl, await makePerson(database.owner, { role: "admin" }));
  const context = await browser.newContext({ storageState, timezoneId: "America/New_York" });
  faults.watch(context);
  const page = await context.newPage();
  await visit(page, `/runs?model=${encodeURIComponent(fixture.model)}`);
  const rows = page.getByRole("table", { name: "Runs" }).getByRole("link");
  await expect(rows).toHaveCount(2);

  await page.getByRole("group", { name: "Filters" }).getByRole("button", { name: "Created" }).click();
  const menu = page.getByRole("dialog", { name: "Filter by created" });
  await menu.getByRole("radio", { name: /^New York/ }).check();
  const words = menu.getByRole("textbox", { name: "Time range" });
  await words.fill("2026-03-07 23:30 to");
  await words.press("Enter");
  await expect(words).toHaveAccessibleDescription(/Write it like/);
  await words.fill("2026-03-07 23:30 to 23:50");
  await expect(menu).toContainText("Mar 7, 23:30–23:50");
  await expectAccessible(page, "time range");
  expect(await menu.evaluate((popup) => popup.scrollWidth - popup.clientWidth)).toBe(0);
  await words.press("Enter");
  await expect(page).toHaveURL(/&from=2026-03-08T04%3A30Z&to=2026-03-08T04%3A50Z$/);
  await expect(rows).toHaveCount(1);
  await expect(rows).toHaveAttribute("href", `/runs/${inside}`);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Created Mar 7, 23:30–23:50" })).toBeVisible();
  await expect(page.getByRole("table", { name: "Runs" })).toContainText("Mar 7, 23:40");

  // The server renders it in that zone from the start.
  await page.reload();
  await expect(page.getByRole("button", { name: "Created Mar 7, 23:30–23:50" })).toBeVisible();
  const time = page.getByRole("table", { name: "Runs" }).locator("time").first();
  await time.hover();
  await expect(time).toHaveAttribute(
    "title",
    /^2026-03-08 04:40:00\.\d+ UTC · 2026-03-07 23:40:00\.\d+ UTC-5, your time$/,
  );
  await visit(page, `/runs/${inside}`);
  await expect(page.locator('time[title$="UTC-5"]').first()).toBeVisible();

  await page.getByRole("button", { name: /^Account menu/ }).click();
  await page.getByRole("radio", { name: "UTC", exact: true }).check();
  await page.keyboard.press("Escape");
  await expect(page.locator('time[title$=" UTC"]').first()).toBeVisible();
  await context.close();
});

test("audit days in New York: use that zone's days", async ({ browser, console, faults, agent }) => {
  const context = await browser.newContext({ storageState: agent.state, timezoneId: "America/New_York" });
  faults.watch(context);
  await context.addCookies([
    { name: "runflow-time-zone", value: "America%2FNew_York", url: console.server.baseUrl },
  ]);
  const page = await context.newPage();
  await visit(page, "/audit");
  await page.getByRole("group", { name: "Filters" }).getByRole("button", { name: "Days" }).click();
  const menu = page.getByRole("dialog", { name: "Filter by days" });
  await expect(menu).toContainText("Days in New York");
  await menu.getByLabel("From").fill("2026-03-07");
  await menu.getByLabel("To").fill("2026-03-08");
  await menu.getByRole("button", { name: "Apply" }).click();
  // The clocks change on the second day, so it has 23 hours.
  await expect(page).toHaveURL(/from=2026-03-07T05%3A00Z&to=2026-03-09T04%3A00Z$/);
  await expect(page.getByRole("button", { name: "Days 2026-03-07 to 2026-03-08" })).toBeVisible();
  await context.close();
});
