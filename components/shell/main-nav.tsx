"use client";

import { Hourglass, LayoutDashboard, Play, ScrollText, ShieldAlert, Webhook } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { type ReactNode, useEffect, useRef } from "react";
import { cx } from "@/components/ui/class-names";
import { paths } from "@/lib/client/paths";
import { NAV_ITEM } from "./nav-item";

/** The palette has them too. */
export const PAGES = [
  { href: paths.overview(), name: "Overview", Icon: LayoutDashboard },
  { href: paths.runs(), name: "Runs", Icon: Play },
  { href: paths.stuck(), name: "Stuck", Icon: Hourglass },
  { href: paths.audit(), name: "Audit", Icon: ScrollText },
  { href: paths.webhooks(), name: "Webhooks", Icon: Webhook },
  { href: paths.security(), name: "Security", Icon: ShieldAlert },
];

type Props = {
  /** In the place of the link to a page that this person may not see, by its address. */
  closed: Partial<Record<string, ReactNode>>;
  stuckCount: ReactNode;
};

export function MainNav({ closed, stuckCount }: Props) {
  const pathname = usePathname();
  // Of pages whose address begins alike, the longest is the one.
  const here = PAGES.map(({ href }) => href)
    .filter((href) => pathname === href || pathname.startsWith(`${href}/`))
    .sort((left, right) => right.length - left.length)[0];
  const nav = useRef<HTMLElement>(null);
  // Where not all of it has room, it is scrolled to the page that is open; the page itself stays where it is.
  useEffect(() => {
    const [box, link] = [nav.current?.parentElement, nav.current?.querySelector("[aria-current]")];
    if (!box || !link) return;
    box.scrollLeft += Math.max(0, link.getBoundingClientRect().right - box.getBoundingClientRect().right);
  }, [here]);
  return (
    <nav ref={nav} aria-label="Main">
      <ul className="flex gap-1 max-sm:gap-0 xl:flex-col xl:gap-0.5">
        {PAGES.map(({ href, name, Icon }) => {
          const isHere = href === here;
          return (
            // Where it is narrow, the brand leads there.
            <li key={href} className={cx(href === paths.overview() && "max-sm:hidden")}>
              {closed[href] ?? (
                <Link
                  href={href}
                  aria-current={isHere ? "page" : undefined}
                  className={cx(
                    NAV_ITEM,
                    "hover:bg-hover hover:text-ink transition-colors duration-100",
                    isHere ? "bg-hover text-ink" : "text-ink-muted",
                  )}
                >
                  <Icon aria-hidden className="size-4 max-sm:hidden" />
                  {name}
                  {href === paths.stuck() && stuckCount}
                </Link>
              )}
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
