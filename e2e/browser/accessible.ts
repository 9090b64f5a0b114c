import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];

/** Expects no axe violations, light or dark, and a fit on the narrowest screen. */
export async function expectAccessible(page: Page, state: string): Promise<void> {
  // A sticky header covers rows that scroll under it, which axe reports as targets that are too small.
  await page.evaluate(() => scrollTo(0, 0));
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await expect(page.locator("html")).toHaveAttribute("data-theme", colorScheme);
    // During a navigation the old title disappears a moment before the new one arrives.
    await expect(page).toHaveTitle(/./);
    const axe = new AxeBuilder({ page }).options({ resultTypes: ["violations"], preload: false });
    // A theme changes only colors, so the other rules run once.
    const checked = colorScheme === "light" ? axe.withTags(RULES) : axe.withRules("color-contrast");
    const { violations } = await checked.setLegacyMode().analyze();
    const found = violations.map(({ id, nodes }) => ({
      id,
      nodes: nodes.map(({ html, failureSummary }) => `${html.slice(0, 200)}\n${failureSummary}`),
    }));
    expect(found, `${state}, ${colorScheme}`).toEqual([]);
  }
  await expectFits(page, state);
}

const WIDTHS = [360, 768];

/** Expects no horizontal scrolling. */
async function expectFits(page: Page, state: string): Promise<void> {
  const size = page.viewportSize()!;
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 740 });
    const tooWide = () =>
      page.evaluate(() => {
        const { clientWidth, scrollWidth } = document.documentElement;
        return scrollWidth - clientWidth;
      });
    await expect.poll(tooWide, `${state}, ${width} px wide`).toBeLessThanOrEqual(0);
  }
  await page.setViewportSize(size);
}
