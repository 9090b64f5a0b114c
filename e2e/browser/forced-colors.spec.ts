import type { Locator } from "@playwright/test";
import { makeRun, seedFixture } from "@/test/fixture";
import { expect, test } from "./agent-test";
import { openDialog } from "./run-page";
import { visit } from "./visit";

test.use({ forcedColors: "active" });

type Edges = { border: string; background: string; outline: string };

const edgesOf = (locator: Locator): Promise<Edges> =>
  locator.evaluate((element) => {
    const style = getComputedStyle(element);
    return {
      border: `${style.borderTopWidth} ${style.borderTopStyle}`,
      background: style.backgroundColor,
      outline: `${style.outlineWidth} ${style.outlineStyle}`,
    };
  });

test("forced colors: overlays and filled shapes have an edge", async ({ page, console, fixture }) => {
  const id = await makeRun(console.database.owner, fixture);
  const run = await openDialog(page, id);
  expect(await edgesOf(run.dialog)).toMatchObject({ border: "1px solid" });
  expect(await edgesOf(run.confirm)).toMatchObject({ border: "1px solid" });
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: /^Account menu/ }).click();
  expect(await edgesOf(page.getByRole("dialog", { name: "Account" }))).toMatchObject({ border: "1px solid" });
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+k");
  expect(await edgesOf(page.getByRole("dialog", { name: "Commands" }))).toMatchObject({
    border: "1px solid",
  });
});

test("forced colors: the current page and this run's mark are distinguishable", async ({ page, console }) => {
  const { owner } = console.database;
  const fixture = await seedFixture(owner);
  await owner.query(
    `INSERT INTO model_envelopes (model_id, samples, p50_ms, p95_ms, p99_ms, from_ms, to_ms, density, computed_at)
     VALUES ($1, 1000, 8000, 60000, 90000, 1000, 100000, ARRAY(SELECT 25 FROM generate_series(1, 32)), now())`,
    [fixture.modelId],
  );
  await visit(page, `/runs/${await makeRun(owner, fixture)}`);
  const nav = page.getByRole("navigation", { name: "Main" });
  expect(await edgesOf(nav.locator("[aria-current=page]"))).toMatchObject({ outline: "2px solid" });
  expect(await edgesOf(nav.getByRole("link", { name: "Audit", exact: true }))).not.toMatchObject({
    outline: "2px solid",
  });
  const surface = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const mark = page
    .getByRole("img", { name: /^How long/ })
    .locator("span")
    .filter({ hasText: /^$/ })
    .last();
  expect((await edgesOf(mark)).background).not.toBe(surface);
});
