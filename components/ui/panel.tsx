import type { ReactNode } from "react";
import { cx } from "./class-names";

type Props = { id: string; title: string; aside?: ReactNode; children: ReactNode; className?: string };

/** A titled region of a page. */
export function Panel({ id, title, aside, children, className }: Props) {
  return (
    <section aria-labelledby={id} className={cx("bg-surface overflow-clip rounded-lg border", className)}>
      <header className="flex min-h-10 items-center justify-between gap-3 border-b px-4">
        <h2 id={id} className="font-semibold">
          {title}
        </h2>
        {aside}
      </header>
      {children}
    </section>
  );
}
