import type { Page } from "@playwright/test";
import { reportAsProvider } from "./provider-report";
import { makeRun } from "@/test/fixture";
import { expect, SIGNED_OUT, test } from "./agent-test";
import { readEffects } from "./effects";
import { openDialog, runPage } from "./run-page";
import { visit } from "./visit";

/** Acts like a page translator: replaces every text node with two elements around a new one. */
const translate = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const texts: Text[] = [];
    while (walker.nextNode()) texts.push(walker.currentNode as Text);
    const shown = texts.filter(
      ({ data, parentElement }) => data.trim() && !parentElement?.closest("script, style, textarea"),
    );
    for (const text of shown) {
      const [outer, inner] = [document.createElement("font"), document.createElement("font")];
      inner.append(text.data);
      outer.append(inner);
      text.replaceWith(outer);
    }
    return shown.length;
  });

test("every document: asks browsers not to translate it", async ({ browser, agent, page, faults }) => {
  faults.expect(/\/nowhere: .*404/);
  const signedOut = await (await browser.newContext({ storageState: SIGNED_OUT })).newPage();
  for (const [who, path] of [
    [page, "/runs"],
    [page, "/nowhere"],
    [page, `/people/${agent.id}`],
    [signedOut, "/sign-in"],
    [signedOut, "/set-password"],
    [signedOut, "/claim-key"],
  ] as const) {
    await who.goto(path);
    await expect(who.locator("html"), path).toHaveAttribute("translate", "no");
    await expect(who.locator('meta[name="google"]'), path).toHaveAttribute("content", "notranslate");
  }
  await signedOut.context().close();
});

test("translated dialog: the cancel succeeds, and the page shows it", async ({ page, console, fixture }) => {
  const id = await makeRun(console.database.owner, fixture);
  const run = await openDialog(page, id);
  await page.waitForLoadState("networkidle");
  expect(await translate(page)).toBeGreaterThan(30);
  await run.reason.fill("Ticket #6001: duplicate");
  await run.reason.press("Control+Enter");
  await expect(page.getByText("Canceled by you.")).toBeVisible();
  await expect(page.getByRole("status", { name: "Status" })).toHaveText("Canceled");
  await expect(run.title(id)).toBeVisible();
  expect(await readEffects(console.database, id)).toMatchObject({ status: "canceled", jobs: 1 });
});

test("translated page: still updates live", async ({ page, console, fixture }) => {
  const { database, server } = console;
  const id = await makeRun(database.owner, fixture);
  await visit(page, `/runs/${id}`);
  await page.waitForLoadState("networkidle");
  expect(await translate(page)).toBeGreaterThan(30);
  await reportAsProvider(server.baseUrl, id, { status_code: "succeeded" });
  await expect(page.getByRole("status", { name: "Status" })).toHaveText("Succeeded");
  await expect(runPage(page).timeline).toContainText("Succeeded");
});
