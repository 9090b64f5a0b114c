import { expect as expectNow, type Page } from "@playwright/test";
import { revealPayloads, runPage } from "@/e2e/browser/run-page";

/** Generous for a slow machine; times are measured elsewhere. */
const expect = expectNow.configure({ timeout: 30_000 });

/** A quick typist's speed. */
const TYPING = { delay: 60 };

/** What a person does on a loaded page. */
export type Journey = (page: Page) => Promise<void>;

export const useRuns: Journey = async (page) => {
  const lookUp = page.getByRole("searchbox", { name: "Look up a run" });
  await lookUp.click();
  await page.keyboard.type("amber labs", TYPING);
  await chooseFilter(page, "Status", page.getByRole("checkbox", { name: "Succeeded", exact: true }));
  await expect(page).toHaveURL(/status=succeeded/);
  await page.getByRole("columnheader", { name: "Duration" }).getByRole("button").click();
  await expect(page).toHaveURL(/sort=duration_ms/);
  await page.getByRole("button", { name: "Display" }).click();
  await page.getByRole("dialog", { name: "Display" }).getByRole("checkbox", { name: "Started" }).click();
  await expect(page).toHaveURL(/columns=/);
  await page.keyboard.press("Escape");
  await page.getByRole("navigation", { name: "Pages of runs" }).getByRole("link", { name: "Next" }).click();
  await expect(page).toHaveURL(/pq=/);
  await openByKeyboard(page);
  await expect(page).toHaveURL(/\/runs\/[0-9a-f-]{36}$/);
};

export const useRun: Journey = async (page) => {
  const run = runPage(page);
  await run.cancel.click();
  await expect(run.reason).toBeFocused();
  await page.keyboard.type("Ticket #4821: duplicate submission", TYPING);
  await run.keep.click();
  await expect(run.dialog).toBeHidden();
  const search = page.getByRole("searchbox", { name: "Search input" });
  const hidden = page.getByRole("button", { name: "Reveal payloads" });
  await expect(search.or(hidden)).toBeVisible();
  if (await hidden.isVisible()) await revealPayloads(page);
  await search.click();
  await page.keyboard.type("prompt", TYPING);
  await page.keyboard.press("Enter");
  const fold = page.getByRole("button", { name: /^Fold .*steps/ });
  await fold.click();
  await expect(fold).toHaveAttribute("aria-expanded", "false");
};

export const useTrail: Journey = async (page) => {
  await chooseFilter(page, "Actor", page.getByRole("radio", { name: "Agent 7", exact: true }));
  await expect(page).toHaveURL(/actor=/);
  await page.getByRole("searchbox", { name: "Text in the reason" }).click();
  await page.keyboard.type("twice", TYPING);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/reason=twice/);
  const pages = page.getByRole("navigation", { name: "Pages of the audit trail" });
  await pages.getByRole("link", { name: "Next" }).click();
  await expect(page).toHaveURL(/pq=/);
  await openByKeyboard(page);
  await expect(page).toHaveURL(/\/audit\/[0-9a-f-]{36}$/);
};

/** The baseline: a page with only a form. */
export const fillInSignIn: Journey = async (page) => {
  await page.getByLabel("Email").click();
  await page.keyboard.type("ada@staff.example", TYPING);
  await page.getByLabel("Password").click();
  await page.keyboard.type("correct horse", TYPING);
};

async function chooseFilter(page: Page, name: string, choice: ReturnType<Page["getByRole"]>): Promise<void> {
  await page.getByRole("group", { name: "Filters" }).getByRole("button", { name, exact: true }).click();
  await choice.click();
  await page.keyboard.press("Escape");
}

/** Opens the second row: `j` twice, then Enter. */
async function openByKeyboard(page: Page): Promise<void> {
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
}
