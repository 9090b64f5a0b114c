import { expect, type Locator, type Page } from "@playwright/test";
import { visit } from "./visit";

/** Page object of a run's page. */
export const runPage = (page: Page) => {
  const dialog = page.getByRole("alertdialog", { name: "Cancel this run?" });
  return {
    /** Names the run, below its title. */
    title: (id: string): Locator => page.locator("main header").getByText(id, { exact: true }),
    cancel: page.getByRole("main").getByRole("button", { name: "Cancel run" }).first(),
    timeline: page.getByRole("region", { name: "Timeline" }),
    cost: page.getByRole("region", { name: "Cost", exact: true }),
    trail: page.getByRole("region", { name: "Audit trail" }),
    dialog,
    reason: dialog.getByRole("textbox", { name: "Reason" }),
    keep: dialog.getByRole("button", { name: "Keep run" }),
    confirm: dialog.getByRole("button", { name: "Cancel run" }),
  };
};

export async function openDialog(page: Page, runId: string): Promise<ReturnType<typeof runPage>> {
  const run = runPage(page);
  await visit(page, `/runs/${runId}`);
  await expect(run.title(runId)).toBeVisible();
  await run.cancel.click();
  await expect(run.dialog).toBeVisible();
  // The dialog moves while it opens.
  await run.dialog.evaluate((dialog) => Promise.all(dialog.getAnimations().map(({ finished }) => finished)));
  return run;
}

/** Blocks reads of the run, as if before its next poll: the page keeps its state. */
export async function keepFromPolling(page: Page): Promise<void> {
  await page.route(/\/v1\/runs\/[^/]+$/, (route) => route.abort("timedout"));
}

/** Reveals the current run's payloads. */
export async function revealPayloads(
  page: Page,
  reason = "Ticket #4821: the output is cut off",
): Promise<void> {
  await page.getByRole("button", { name: "Reveal payloads" }).click();
  const dialog = page.getByRole("dialog", { name: "Reveal the payloads?" });
  await dialog.getByLabel("Reason").fill(reason);
  await dialog.getByRole("button", { name: "Reveal payloads" }).click();
  await expect(page.getByText(/Payloads are revealed to you until \d\d:\d\d:\d\d UTC\./)).toBeVisible();
}
