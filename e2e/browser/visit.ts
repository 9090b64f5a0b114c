import { expect, type Page } from "@playwright/test";

/** Opens a page and waits until it handles keys: an earlier key press would be lost. */
export async function visit(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expectAlive(page);
}

/**
 * Waits until the page is hydrated and handles keys. React marks elements while it is still hydrating in
 * slices, and the main thread is idle only after the commit. A skeleton has a heading too, so it must be
 * gone.
 */
export async function expectAlive(page: Page): Promise<void> {
  const isHydrated = () =>
    page
      .getByRole("heading", { level: 1 })
      .evaluate((heading) => Object.keys(heading).some((name) => name.startsWith("__react")));
  await expect(async () => {
    expect(await page.locator("[data-loading]").count()).toBe(0);
    expect(await isHydrated()).toBe(true);
    await page.evaluate(
      () =>
        new Promise((resolve) =>
          requestAnimationFrame(() => requestIdleCallback(resolve, { timeout: 5_000 })),
        ),
    );
  }).toPass();
}
