import { expect, test } from "./agent-test";

const POPUPS = [
  { path: "/runs", button: "Account menu", dialog: "Account", inside: "Keyboard shortcuts" },
  { path: "/audit", button: "Days", dialog: "Filter by days", inside: "Apply" },
];

for (const { path, button, dialog, inside } of POPUPS) {
  test(`"${button}" pressed before the scripts load: opens with its content`, async ({ page }) => {
    const scripts = Promise.withResolvers<void>();
    await page.route("**/_next/static/**/*.js", async (route) => {
      await scripts.promise;
      await route.continue();
    });
    await page.goto(path, { waitUntil: "commit" });
    await page.getByRole("button", { name: button }).click();
    const popup = page.getByRole("dialog", { name: dialog });
    // Control: without scripts the browser opens it empty.
    await expect.poll(() => page.evaluate(() => document.querySelectorAll(":popover-open").length)).toBe(1);
    await expect(popup.getByRole("button", { name: inside })).toHaveCount(0);

    scripts.resolve();
    const content = popup.getByRole("button", { name: inside });
    await expect(content).toBeVisible();
    await expect(content).toBeInViewport({ ratio: 1 });
    await expect(page.getByRole("button", { name: button })).toHaveAttribute("aria-expanded", "true");
    await expect.poll(() => popup.evaluate((element) => element.contains(document.activeElement))).toBe(true);
    await page.keyboard.press("Escape");
    await expect(content).toHaveCount(0);
  });
}
