import Link from "next/link";
import type { ReactNode } from "react";

type Props = {
  as?: "h1" | "h2";
  /** The list that it belongs to. */
  back: { href: string; text: string };
  /** Links to the previous and next item, next to the back link. */
  nav?: ReactNode;
  title: ReactNode;
  /** Next to the title, such as a copy button. */
  aside?: ReactNode;
  /** Its state; announced on change. */
  status?: ReactNode;
  /** After the state, not announced: how long it has lasted. */
  beside?: ReactNode;
  /** Context: its customer and its creation time. */
  about: ReactNode;
  actions?: ReactNode;
  /** Other content about the whole entity. */
  children?: ReactNode;
};

/** The header of a detail page: back link, title, state and actions. */
export function ThingHeader(props: Props) {
  const { as: Heading = "h1", back, nav, title, aside, status, beside, about, actions, children } = props;
  return (
    <header className="bg-surface grid gap-4 border-b px-4 py-4 lg:px-6">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="grid min-w-0 gap-0.5">
          {/* Reserves the height of the links that load once the browser knows the list. */}
          <div className="text-ink-muted flex min-h-7 flex-wrap items-center gap-x-4 text-sm">
            <Link href={back.href} className="hover:text-ink py-1 hover:underline">
              {back.text}
            </Link>
            {nav}
          </div>
          <div className="flex min-w-0 flex-wrap items-center gap-x-3">
            {status && (
              <span role="status" aria-label="Status" className="order-last">
                {status}
              </span>
            )}
            <div className="flex min-h-8 min-w-0 items-center gap-1">
              <Heading className="min-w-0 text-lg font-semibold wrap-anywhere">{title}</Heading>
              {aside}
            </div>
            {beside && <div className="order-last">{beside}</div>}
          </div>
          <div className="text-ink-muted">{about}</div>
        </div>
        {actions}
      </div>
      {children}
    </header>
  );
}
