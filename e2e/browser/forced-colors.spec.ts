import type { Locator } from "@playwright/test";
import { makeRun } from "@/test/fixture";
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

test("forced colors: what floats and what is filled has an edge", async ({ page, console, fixture }) => {
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

test("forced colors: the current page and this run's mark are told apart", async ({
  page,
  console,
  fixture,
}) => {
  const { owner } = console.database;
  const { rows } = await owner.query<{ id: string }>(
    `SELECT id FROM runs WHERE completed_at IS NOT NULL AND model_id IN
       (SELECT model_id FROM model_envelopes WHERE density IS NOT NULL) LIMIT 1`,
  );
  await visit(page, `/runs/${rows[0]?.id ?? (await makeRun(owner, fixture))}`);
  const nav = page.getByRole("navigation", { name: "Main" });
  expect(await edgesOf(nav.locator("[aria-current=page]"))).toMatchObject({ outline: "2px solid" });
  expect(await edgesOf(nav.getByRole("link", { name: "Audit trail", exact: true }))).not.toMatchObject({
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
