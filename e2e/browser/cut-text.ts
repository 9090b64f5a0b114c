import type { Page } from "@playwright/test";

/**
 * Texts that nobody can read in full: cut off by a box that doesn't scroll, or beyond the edge of the screen.
 * A text that ends in an ellipsis counts unless its title, or a neighbor's, has the full text.
 */
export const findCutTexts = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const SLACK = 1.5;
    const cut: string[] = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      const parent = text.parentElement!;
      if (!text.textContent?.trim() || !parent.checkVisibility({ visibilityProperty: true })) continue;
      const range = document.createRange();
      range.selectNodeContents(text);
      const { left, right, bottom, width } = range.getBoundingClientRect();
      if (width === 0) continue;
      let [isSideways, isUpright] = [true, true];
      let reason = "";
      let isForListeners = false;
      for (
        let box: Element | null = parent;
        box && box !== document.documentElement;
        box = box.parentElement
      ) {
        const style = getComputedStyle(box);
        const frame = box.getBoundingClientRect();
        // Only for screen readers.
        if (style.clipPath === "inset(50%)" || (frame.width <= 1 && frame.height <= 1)) isForListeners = true;
        if (style.display === "inline" || style.display === "contents") continue;
        const isBeyond = right > frame.right + SLACK || left < frame.left - SLACK;
        if (isSideways && isBeyond && ["hidden", "clip"].includes(style.overflowX)) {
          if (style.textOverflow !== "ellipsis" || !box.closest("[title]")) reason ||= "sideways";
        }
        if (isUpright && bottom > frame.bottom + SLACK && ["hidden", "clip"].includes(style.overflowY)) {
          if (style.textOverflow !== "ellipsis") reason ||= "below";
        }
        if (["auto", "scroll", "hidden", "clip"].includes(style.overflowX)) isSideways = false;
        if (["auto", "scroll", "hidden", "clip"].includes(style.overflowY)) isUpright = false;
      }
      if (isSideways && (right > innerWidth + SLACK || left < -SLACK)) reason ||= "beyond the screen";
      if (reason && !isForListeners) cut.push(`${reason}: ${text.textContent.trim().slice(0, 60)}`);
    }
    return cut;
  });
