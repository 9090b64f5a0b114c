"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { type ReactNode, useEffect, useRef } from "react";
import { cx } from "@/components/ui/class-names";
import { paths } from "@/lib/client/paths";
import { NAV_ITEM } from "./nav-item";

export type NavEntry = {
  href: string;
  /** Its icon, its name and what stands beside it. */
  content: ReactNode;
  /** In the place of the link, for a page that this person may not see. */
  closed?: ReactNode;
};

export function MainNav({ entries }: { entries: readonly NavEntry[] }) {
  const pathname = usePathname();
  // Of pages whose address begins alike, the longest is the one.
  const here = entries
    .map(({ href }) => href)
    .filter((href) => pathname === href || pathname.startsWith(`${href}/`))
    .sort((left, right) => right.length - left.length)[0];
  const nav = useRef<HTMLElement>(null);
  // Where not all of it has room, it is scrolled to the page that is open; the page itself stays where it is.
  useEffect(() => {
    const [box, link] = [nav.current?.parentElement, nav.current?.querySelector("[aria-current]")];
    if (!box || !link) return;
    box.scrollLeft += Math.max(0, link.getBoundingClientRect().right - box.getBoundingClientRect().right);
  }, [here]);
  // A browser is content when a part of what has the focus is seen.
  useEffect(() => {
    const box = nav.current;
    const show = ({ target }: FocusEvent) =>
      (target as Element).scrollIntoView({ block: "nearest", inline: "nearest" });
    box?.addEventListener("focusin", show);
    return () => box?.removeEventListener("focusin", show);
  }, []);
  return (
    <nav ref={nav} aria-label="Main">
      <ul className="flex gap-1 max-sm:gap-0 xl:flex-col xl:gap-0.5">
        {entries.map(({ href, content, closed }) => {
          const isHere = href === here;
          return (
            // Where it is narrow, the brand leads there.
            <li key={href} className={cx(href === paths.overview() && "max-sm:hidden")}>
              {closed ?? (
                <Link
                  href={href}
                  aria-current={isHere ? "page" : undefined}
                  className={cx(
                    NAV_ITEM,
                    "hover:bg-hover hover:text-ink transition-colors duration-100",
                    isHere ? "bg-hover text-ink" : "text-ink-muted",
                  )}
                >
                  {content}
                </Link>
              )}
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
