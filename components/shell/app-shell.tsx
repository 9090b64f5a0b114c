import { Lock } from "lucide-react";
import Link from "next/link";
import { type ReactNode, Suspense } from "react";
import { Mark } from "@/components/ui/mark";
import { explainMissing } from "@/lib/client/explain-missing";
import { paths } from "@/lib/client/paths";
import type { Permission } from "@/lib/states/permissions";
import { Brand } from "./brand";
import { KeySheet } from "./key-sheet";
import { LatePageNotices } from "./late-page-notices";
import { LookUp } from "./look-up";
import { MainNav, type NavGroup } from "./main-nav";
import { PAGE_GROUPS } from "./pages";
import { PaletteHost } from "./palette-host";
import { PersonMenu } from "./person-menu";
import type { Person } from "./signed-in-person";

type Props = {
  person: Person;
  permissions: ReadonlySet<Permission>;
  /** Such as "demo" or "staging"; absent in production. */ environment: string | undefined;
  /** The badge next to "Stuck" in the navigation. */ stuckCount: ReactNode;
  children: ReactNode;
};

/** The frame of every signed-in page: a sidebar, two rows at the top on narrow screens, one row on phones. */
export function AppShell({ person, permissions, environment, stuckCount, children }: Props) {
  const groups = PAGE_GROUPS.map(({ name: group, pages }): NavGroup => ({
    name: group,
    entries: pages.map(({ href, name: words, Icon, section = href, permission }) => {
      const isClosed = permission !== undefined && !permissions.has(permission);
      return {
        href,
        section,
        closed: isClosed ? explainMissing("this page", permission) : undefined,
        content: (
          <>
            <Icon aria-hidden className="size-4 max-sm:hidden" />
            {words}
            {isClosed && <Lock aria-hidden className="size-3 xl:ml-auto" />}
            {href === paths.stuck() && stuckCount}
          </>
        ),
      };
    }),
  }));
  return (
    <div className="flex min-h-dvh flex-col xl:grid xl:grid-cols-[13rem_minmax(0,1fr)]">
      <a
        href="#main"
        className="bg-accent-solid sr-only z-50 rounded px-3 py-2 font-medium text-white focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to content
      </a>
      <header className="bg-surface z-30 flex items-center gap-3 border-b px-4 py-2 max-sm:sticky max-sm:top-0 max-sm:gap-1.5 max-sm:pr-13 xl:sticky xl:top-0 xl:h-dvh xl:flex-col xl:items-stretch xl:gap-4 xl:border-r xl:border-b-0 xl:px-3 xl:py-4">
        <div className="flex items-center gap-2">
          <Link
            href={paths.overview()}
            aria-label="Runflow console: overview"
            className="flex items-center rounded px-0.5 py-1 xl:px-2"
          >
            <span className="sm:hidden">
              <Brand hasName={false} />
            </span>
            <span className="max-sm:hidden">
              <Brand />
            </span>
          </Link>
          {environment && <Mark tone="warn">{environment}</Mark>}
        </div>
        <div className="min-w-0 flex-1 overflow-x-auto data-more:[mask-image:linear-gradient(to_right,#000_calc(100%-2rem),transparent)]">
          <MainNav groups={groups} />
        </div>
        <PersonMenu {...person} />
      </header>
      <div className="flex min-w-0 flex-1 flex-col">
        {/* Phones show it at the end of the first row, and over that row while it has the focus. */}
        <div className="bg-surface sticky top-0 z-20 flex items-center gap-1.5 border-b px-4 py-2 max-sm:fixed max-sm:right-0 max-sm:z-30 max-sm:h-12 max-sm:border-0 max-sm:pl-1 max-sm:focus-within:left-0 max-sm:focus-within:pl-4 lg:px-6">
          <LookUp />
          <PaletteHost />
        </div>
        <Suspense>
          <LatePageNotices />
        </Suspense>
        <main id="main" tabIndex={-1} className="flex flex-1 flex-col outline-none">
          {children}
        </main>
      </div>
      <KeySheet />
    </div>
  );
}
