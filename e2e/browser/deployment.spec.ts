import type { Page } from "@playwright/test";
import { makeRun } from "@/test/fixture";
import { expect, test } from "./agent-test";
import { openDialog, runPage } from "./run-page";
import { visit } from "./visit";

/** Simulates a deployment: the server has another build, and the old scripts are gone. */
const deploy = (page: Page) =>
  page.route("**/_next/static/**", (route) => route.fulfill({ status: 404, body: "Not found" }));

const NEW_VERSION = "A new version of the console is available";

test("missing part of a page: a notice replaces it, and a typed reason survives the reload", async ({
  page,
  console,
  fixture,
  faults,
}) => {
  faults.expect(/status of 404/, /PageGoneError|ChunkLoadError|Failed to load/);
  const id = await makeRun(console.database.owner, fixture);
  const run = await openDialog(page, id);
  await run.reason.fill("Ticket #4821: the second of two");
  await page.keyboard.press("Escape");
  await deploy(page);
  await page.getByRole("button", { name: "Reveal payloads" }).click();
  const notice = page.getByRole("main").getByRole("alert").filter({ hasText: NEW_VERSION });
  await expect(notice).toBeVisible();
  await expect(run.title(id)).toBeVisible();
  await run.cancel.click();
  await expect(run.reason).toHaveValue("Ticket #4821: the second of two");
  await page.keyboard.press("Escape");

  await page.unroute("**/_next/static/**");
  await notice.getByRole("button", { name: "Reload" }).click();
  await expect(notice).toBeHidden();
  await page.waitForLoadState("networkidle");
  await run.cancel.click();
  await expect(run.reason).toHaveValue("Ticket #4821: the second of two");
  await run.confirm.click();
  await expect(page.getByText("Canceled by you.")).toBeVisible();
  expect(
    await page.evaluate(() => Object.keys(sessionStorage).filter((key) => key.includes("draft"))),
  ).toEqual([]);
});

test("missing palette: a notice replaces it, and the page stays", async ({ page, faults }) => {
  faults.expect(/status of 404/, /PageGoneError|ChunkLoadError|Failed to load/);
  await visit(page, "/audit");
  await deploy(page);
  await page.keyboard.press("Control+k");
  const notice = page.getByRole("alert").filter({ hasText: NEW_VERSION });
  await expect(notice).toBeVisible();
  await notice.getByRole("button", { name: "Close" }).click();
  await expect(notice).toBeHidden();
  await expect(page.getByRole("heading", { level: 1, name: "Audit trail" })).toBeVisible();
});

test("refusal after a deployment: shows the server's message", async ({ page, console, fixture, faults }) => {
  faults.expect(/status of 403/, /status of 404/);
  const id = await makeRun(console.database.owner, fixture);
  const run = await openDialog(page, id);
  await deploy(page);
  await page.route("**/cancellation", (route) =>
    route.fulfill({
      status: 403,
      json: {
        code: "PERMISSION_DENIED",
        message: "This credential does not permit the operation.",
        errors: null,
      },
    }),
  );
  await run.reason.fill("Ticket #4821");
  await run.confirm.click();
  await expect(run.dialog.getByRole("alert")).toContainText("This credential does not permit the operation.");
});

test("answer from a newer build: the page mentions it, once", async ({ page, console, fixture }) => {
  const id = await makeRun(console.database.owner, fixture);
  await visit(page, `/runs/${id}`);
  await expect(page.getByText(NEW_VERSION)).toBeHidden();
  await page.route(`**/v1/runs/${id}`, async (route) => {
    const answer = await route.fetch();
    await route.fulfill({
      response: answer,
      headers: { ...answer.headers(), "runflow-console-build": "a-newer-one" },
    });
  });
  await expect(page.getByText(NEW_VERSION)).toBeVisible();
  await expect(runPage(page).title(id)).toBeVisible();
});
