"use client";

import {
  Hourglass,
  LayoutDashboard,
  type LucideIcon,
  Play,
  ScrollText,
  ShieldAlert,
  Webhook,
} from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { cx } from "@/components/ui/class-names";
import { paths } from "@/lib/client/paths";
import type { Permission } from "@/lib/identity/permissions";

type Page = {
  href: string;
  name: string;
  Icon: LucideIcon;
  /** What it takes to see it, where not everybody may. */
  permission?: Permission;
};

/** The palette has them too. */
export const PAGES: readonly Page[] = [
  { href: paths.overview(), name: "Overview", Icon: LayoutDashboard },
  { href: paths.runs(), name: "Runs", Icon: Play },
  { href: paths.stuck(), name: "Stuck", Icon: Hourglass },
  { href: paths.audit(), name: "Audit", Icon: ScrollText },
  { href: paths.webhooks(), name: "Webhooks", Icon: Webhook },
  { href: paths.security(), name: "Security", Icon: ShieldAlert, permission: "security.read" },
];

type Props = { permissions: readonly Permission[]; stuckCount: ReactNode };

export function MainNav({ permissions, stuckCount }: Props) {
  const pathname = usePathname();
  // Of pages whose address begins alike, the longest is the one.
  const here = PAGES.map(({ href }) => href)
    .filter((href) => pathname === href || pathname.startsWith(`${href}/`))
    .sort((left, right) => right.length - left.length)[0];
  return (
    <nav aria-label="Main">
      <ul className="flex gap-1 max-sm:gap-0 xl:flex-col xl:gap-0.5">
        {PAGES.map(({ href, name, Icon, permission }) => {
          const isHere = href === here;
          const isClosed = permission !== undefined && !permissions.includes(permission);
          return (
            // Where it is narrow, the brand leads there.
            <li key={href} className={cx(href === paths.overview() && "max-sm:hidden")}>
              {isClosed ? (
                <ClosedPage name={name} Icon={Icon} permission={permission} />
              ) : (
                <Link
                  href={href}
                  aria-current={isHere ? "page" : undefined}
                  className={cx(
                    ITEM,
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

const ITEM = "flex h-8 items-center gap-2.5 rounded px-2 font-medium max-sm:gap-1 max-sm:px-1.5";

/** Not hidden: who may not go there learns that it is there, and what it takes. */
function ClosedPage({ name, Icon, permission }: Required<Omit<Page, "href">>) {
  const reason = `Your role doesn’t include this page. Ask an admin for the permission ${permission}.`;
  return (
    <span
      role="link"
      aria-disabled
      aria-describedby={`closed-${permission}`}
      tabIndex={0}
      title={reason}
      className={cx(ITEM, "text-ink-faint cursor-not-allowed")}
    >
      <Icon aria-hidden className="size-4 max-sm:hidden" />
      {name}
      <span id={`closed-${permission}`} hidden>
        {reason}
      </span>
    </span>
  );
}
