import path from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { FOLDER, pictureName, SIZES, THEMES } from "./contact-sheet";

/** Lists are cut off at this height; the rows below look the same. */
const LIST_HEIGHT = 2_400;

/**
 * Saves the current state in each theme and width, in files named after the test: `runs--empty.dark.360.png`.
 */
export async function photograph(page: Page, tallest = LIST_HEIGHT): Promise<void> {
  const name = test.info().title;
  await page.mouse.move(0, 0);
  for (const { width, height } of SIZES) {
    for (const colorScheme of THEMES) {
      await page.emulateMedia({ colorScheme });
      await expect(page.locator("html")).toHaveAttribute("data-theme", colorScheme);
      await page.setViewportSize({ width, height });
      await settle(page);
      await page.setViewportSize({ width, height: Math.max(height, await measure(page, tallest)) });
      await settle(page);
      await page.screenshot({
        path: path.join(FOLDER, pictureName(name, colorScheme, width)),
        animations: "disabled",
      });
    }
  }
}

/** The screen height that shows the whole page; overlays keep their place relative to the screen. */
const measure = (page: Page, tallest: number): Promise<number> =>
  page.evaluate(
    (most) =>
      document.querySelector("dialog[open], :popover-open")
        ? 0
        : Math.min(most, document.documentElement.scrollHeight),
    tallest,
  );

/** Two frames: one to lay out for the new size and theme, one to paint it. */
const settle = (page: Page): Promise<void> =>
  page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))),
  );
