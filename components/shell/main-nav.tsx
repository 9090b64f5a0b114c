"use client";

import { Play, ScrollText, Webhook } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { cx } from "@/components/ui/class-names";
import { paths } from "@/lib/client/paths";

const PAGES = [
  { href: paths.runs(), name: "Runs", Icon: Play },
  { href: paths.audit(), name: "Audit", Icon: ScrollText },
  { href: paths.webhooks(), name: "Webhooks", Icon: Webhook },
];

export function MainNav() {
  const pathname = usePathname();
  return (
    <nav aria-label="Main">
      <ul className="flex gap-1 max-sm:gap-0 xl:flex-col xl:gap-0.5">
        {PAGES.map(({ href, name, Icon }) => {
          const isHere = pathname === href || pathname.startsWith(`${href}/`);
          return (
            <li key={href}>
              <Link
                href={href}
                aria-current={isHere ? "page" : undefined}
                className={cx(
                  "hover:bg-hover hover:text-ink flex h-8 items-center gap-2.5 rounded px-2 font-medium transition-colors duration-100",
                  isHere ? "bg-hover text-ink" : "text-ink-muted",
                )}
              >
                <Icon aria-hidden className="size-4 max-sm:hidden" />
                {name}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
