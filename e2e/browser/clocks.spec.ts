import { makePerson } from "@/test/credentials";
import { makeRun } from "@/test/fixture";
import { expect, test } from "./agent-test";
import { revealPayloads } from "./run-page";
import { visit } from "./visit";

const HOUR = 3_600_000;

test("clock set three hours ahead: ages and ratios stay correct, on the next page too", async ({
  page,
  console,
  fixture,
}) => {
  const id = await makeRun(console.database.owner, fixture, { ageMs: 5_000 });
  await page.clock.install();
  await visit(page, `/runs/${id}`);
  const main = page.getByRole("main");
  await expect(main).toContainText(/Running for \d+(\.\d)? s/);
  await page.clock.setSystemTime(Date.now() + 3 * HOUR);
  await page.clock.runFor(2_000);
  await expect(main).toContainText(/Running for \d+(\.\d)? s/);
  await expect(main).not.toContainText(/Running for \d+ (hours|days)/);
  await page.getByRole("link", { name: "Runs", exact: true }).first().click();
  await expect(page.getByRole("heading", { level: 1, name: "Runs" })).toBeVisible();
  await expect(page.getByRole("table", { name: "Runs" }).getByRole("row").nth(1)).toContainText(
    /(\d+ s ago|just now)/,
  );
});

test("computer wakes after three hours: the server's next answer corrects the time", async ({
  page,
  console,
  fixture,
}) => {
  const id = await makeRun(console.database.owner, fixture, { ageMs: 5_000 });
  await page.clock.install();
  await visit(page, `/runs/${id}`);
  const later = new Date(Date.now() + 3 * HOUR);
  await page.route(/\/v1\//, async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, headers: { ...answer.headers(), date: later.toUTCString() } });
  });
  await page.clock.setSystemTime(later);
  await page.clock.runFor(3_000);
  await expect(page.getByRole("main")).toContainText("Running for 3 h");
});

for (const [name, hours] of [
  ["ahead", 2],
  ["behind", -2],
] as const) {
  test(`payloads on a computer two hours ${name}: disappear on time`, async ({
    openAs,
    console,
    fixture,
  }) => {
    const { owner } = console.database;
    const page = await openAs(await makePerson(owner, { role: "admin" }));
    const id = await makeRun(owner, fixture);
    await owner.query(`UPDATE runs SET input = '{"prompt": "a very private picture"}' WHERE id = $1`, [id]);
    await page.clock.install({ time: Date.now() + hours * HOUR });
    await visit(page, `/runs/${id}`);
    await revealPayloads(page);
    const main = page.getByRole("main");
    await expect(main).toContainText("a very private picture");
    await page.clock.fastForward(10 * 60_000);
    await expect(main).toContainText("a very private picture");
    await page.clock.fastForward(5 * 60_000 + 2_000);
    await expect(main).not.toContainText("a very private picture");
  });
}
