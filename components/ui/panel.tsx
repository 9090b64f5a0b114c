import type { ReactNode } from "react";
import { cx } from "./class-names";

type Props = { id: string; title: string; aside?: ReactNode; children: ReactNode; className?: string };

/** A titled region of a page. */
export function Panel({ id, title, aside, children, className }: Props) {
  return (
    <section
      aria-labelledby={id}
      className={cx("bg-surface min-w-0 overflow-clip rounded-lg border [--edge:1rem]", className)}
    >
      <header className="flex min-h-10 items-center justify-between gap-3 border-b px-4 py-1.5">
        <h2 id={id} className="font-semibold">
          {title}
        </h2>
        {aside}
      </header>
      {children}
    </section>
  );
}

/** An empty region: one line instead of a box. */
export function EmptyPanel({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <section
      aria-labelledby={id}
      className="bg-surface flex min-h-10 flex-wrap items-center gap-x-3 rounded-lg border px-4 py-2"
    >
      <h2 id={id} className="font-semibold">
        {title}
      </h2>
      <p className="text-ink-muted min-w-0 wrap-anywhere">{children}</p>
    </section>
  );
}
