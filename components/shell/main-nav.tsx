"use client";

import { Hourglass, LayoutDashboard, Play, ScrollText, Webhook } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { cx } from "@/components/ui/class-names";
import { paths } from "@/lib/client/paths";

/** The palette has them too. */
export const PAGES = [
  { href: paths.overview(), name: "Overview", Icon: LayoutDashboard },
  { href: paths.runs(), name: "Runs", Icon: Play },
  { href: paths.stuck(), name: "Stuck", Icon: Hourglass },
  { href: paths.audit(), name: "Audit", Icon: ScrollText },
  { href: paths.webhooks(), name: "Webhooks", Icon: Webhook },
];

export function MainNav({ stuckCount }: { stuckCount: ReactNode }) {
  const pathname = usePathname();
  // Of pages whose address begins alike, the longest is the one.
  const here = PAGES.map(({ href }) => href)
    .filter((href) => pathname === href || pathname.startsWith(`${href}/`))
    .sort((left, right) => right.length - left.length)[0];
  return (
    <nav aria-label="Main">
      <ul className="flex gap-1 max-sm:gap-0 xl:flex-col xl:gap-0.5">
        {PAGES.map(({ href, name, Icon }) => {
          const isHere = href === here;
          return (
            // Where it is narrow, the brand leads there.
            <li key={href} className={cx(href === paths.overview() && "max-sm:hidden")}>
              <Link
                href={href}
                aria-current={isHere ? "page" : undefined}
                className={cx(
                  "hover:bg-hover hover:text-ink flex h-8 items-center gap-2.5 rounded px-2 font-medium transition-colors duration-100 max-sm:gap-1 max-sm:px-1.5",
                  isHere ? "bg-hover text-ink" : "text-ink-muted",
                )}
              >
                <Icon aria-hidden className="size-4 max-sm:hidden" />
                {name}
                {href === paths.stuck() && stuckCount}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
