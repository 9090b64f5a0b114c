import type { Page } from "@playwright/test";
import { makeRun } from "@/test/fixture";
import { expect, test } from "./agent-test";
import { visit } from "./visit";

/** The focused element, and whether its focus is visible: has a ring and isn't covered. */
const describeFocus = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return undefined;
    const ringed = [element, element.closest("tr"), element.closest("label")].some((candidate) => {
      if (!candidate) return false;
      const { outlineStyle, outlineWidth } = getComputedStyle(candidate);
      return outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2;
    });
    const box = element.getBoundingClientRect();
    const onTop = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    const isCovered = !onTop || !(element.contains(onTop) || onTop.closest("tr, li")?.contains(element));
    const name = `${element.tagName} ${element.getAttribute("aria-label") ?? element.textContent?.slice(0, 40)}`;
    return { name, ringed, isCovered };
  });

const STOPS = 40;

for (const width of [1280, 360]) {
  test(`focused element: visible and uncovered, ${width} px wide`, async ({ page, console, fixture }) => {
    await page.setViewportSize({ width, height: 740 });
    const id = await makeRun(console.database.owner, fixture);
    for (const path of ["/runs", `/runs/${id}`, "/audit"]) {
      await visit(page, path);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      const hidden = new Set<string>();
      for (const key of ["Tab", "Shift+Tab"]) {
        for (let stop = 0; stop < STOPS; stop++) {
          await page.keyboard.press(key);
          const focus = await describeFocus(page);
          if (focus && (!focus.ringed || focus.isCovered))
            hidden.add(`${key}: ${focus.name}${focus.ringed ? "" : ", no ring"}`);
        }
      }
      expect([...hidden], path).toEqual([]);
    }
  });
}
