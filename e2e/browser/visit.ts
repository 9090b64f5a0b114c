import { expect, type Page } from "@playwright/test";

/** Opens a page and waits until it takes keys: what a person presses before that is lost, and is pressed again. */
export async function visit(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expectAlive(page);
}

/**
 * React marks what it has taken over; what listens to keys does so from the next frame on. A page that leads on to another
 * takes its answers with it, and the other one is asked.
 */
export async function expectAlive(page: Page): Promise<void> {
  const isTaken = () =>
    page
      .getByRole("heading", { level: 1 })
      .evaluate((heading) => Object.keys(heading).some((name) => name.startsWith("__react")));
  await expect(async () => {
    expect(await isTaken()).toBe(true);
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
  }).toPass();
}
