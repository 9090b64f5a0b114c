import Link from "next/link";
import type { ReactNode } from "react";
import { buttonStyle } from "./button-style";

type Props = {
  label: string;
  /** The page's range, in words. */
  summary: ReactNode;
  /** Null if there is no such page. */
  first: string | null;
  previous: string | null;
  next: string | null;
};

/** Keyset pagination: first, previous and next, without a total. */
export function Pagination({ label, summary, first, previous, next }: Props) {
  return (
    <nav aria-label={label} className="flex flex-wrap items-center justify-between gap-2">
      <p className="text-ink-muted text-sm">{summary}</p>
      {(first ?? previous ?? next) !== null && (
        <div className="flex gap-2">
          <Step href={first}>First</Step>
          <Step href={previous}>Previous</Step>
          <Step href={next}>Next</Step>
        </div>
      )}
    </nav>
  );
}

function Step({ href, children }: { href: string | null; children: ReactNode }) {
  const style = buttonStyle("secondary", "sm");
  if (href === null) {
    return (
      <span aria-disabled role="link" className={style}>
        {children}
      </span>
    );
  }
  return (
    <Link href={href} className={style} prefetch={false}>
      {children}
    </Link>
  );
}
