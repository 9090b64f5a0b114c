"use client";

import Link, { useLinkStatus } from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { cx } from "@/components/ui/class-names";
import { paths } from "@/lib/client/paths";
import { NAV_ITEM } from "./nav-item";

export type NavEntry = {
  href: string;
  /** URL prefixes that belong to this entry. */
  section: string;
  /** Its icon, name and count. */
  content: ReactNode;
  /** Why this person can't see the page, if so. The page itself says it, too. */
  closed?: string | undefined;
};

export type NavGroup = { name: string; entries: readonly NavEntry[] };

export function MainNav({ groups }: { groups: readonly NavGroup[] }) {
  const pathname = usePathname();
  const here = findHere(groups, pathname);
  return (
    <nav aria-label="Main" className="flex items-center xl:grid xl:items-stretch xl:gap-4">
      {groups.map(({ name: group, entries }) => (
        <ul
          key={group}
          aria-label={group}
          className="flex gap-1 not-first:ml-2 not-first:border-l not-first:pl-2 max-sm:gap-0 xl:m-0! xl:flex-col xl:gap-0.5 xl:border-0! xl:p-0!"
        >
          {entries.map((entry) => (
            // On narrow screens, the brand links there.
            <li key={entry.href} className={cx(entry.href === paths.overview() && "max-sm:hidden")}>
              <Entry entry={entry} isHere={entry.href === here} />
            </li>
          ))}
        </ul>
      ))}
    </nav>
  );
}

function Entry({ entry: { href, content, closed }, isHere }: { entry: NavEntry; isHere: boolean }) {
  return (
    <Link
      href={href}
      aria-current={isHere ? "page" : undefined}
      aria-description={closed}
      title={closed}
      prefetch={closed ? false : undefined}
      className={cx(
        NAV_ITEM,
        closed ? "text-ink-faint [&>svg:first-child]:opacity-50" : "font-medium",
        isHere ? "bg-hover text-ink" : !closed && "text-ink-muted",
      )}
    >
      {content}
      <Pending />
    </Link>
  );
}

/** Dims its link until the page has answered. */
function Pending() {
  return useLinkStatus().pending && <span hidden data-pending />;
}

/** If several prefixes match, the longest wins. */
const findHere = (groups: readonly NavGroup[], pathname: string): string | undefined =>
  groups
    .flatMap(({ entries }) => entries)
    .filter(({ section }) => pathname === section || pathname.startsWith(`${section}/`))
    .sort((left, right) => right.section.length - left.section.length)[0]?.href;
