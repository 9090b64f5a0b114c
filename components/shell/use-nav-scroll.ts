import { usePathname } from "next/navigation";
import { useEffect } from "react";

const findNav = () => document.querySelector<HTMLElement>('nav[aria-label="Main"]');

/**
 * When the navigation overflows: scrolls to the current page, keeps the focused entry visible, and sets
 * `data-more` while entries are hidden at the right.
 */
export function useNavScroll(): void {
  const pathname = usePathname();
  // Not scrollIntoView, which would scroll the page as well.
  useEffect(() => {
    const nav = findNav();
    const [box, link] = [nav?.parentElement, nav?.querySelector("[aria-current]")];
    if (!box || !link) return;
    const centerOf = ({ left, width }: DOMRect) => left + width / 2;
    box.scrollLeft += centerOf(link.getBoundingClientRect()) - centerOf(box.getBoundingClientRect());
  }, [pathname]);

  useEffect(() => {
    const entries = findNav();
    const box = entries?.parentElement;
    if (!entries || !box) return;
    // A browser scrolls only until a part of the focused entry shows.
    const show = ({ target }: FocusEvent) =>
      (target as Element).scrollIntoView({ block: "nearest", inline: "nearest" });
    const mark = () =>
      box.toggleAttribute("data-more", box.scrollWidth - box.clientWidth - box.scrollLeft > 1);
    const observer = new ResizeObserver(mark);
    observer.observe(box);
    entries.addEventListener("focusin", show);
    box.addEventListener("scroll", mark, { passive: true });
    return () => {
      observer.disconnect();
      entries.removeEventListener("focusin", show);
      box.removeEventListener("scroll", mark);
    };
  }, []);
}
