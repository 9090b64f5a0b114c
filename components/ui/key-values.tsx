import type { ReactNode } from "react";
import { StoredText } from "./stored-text";

export type KeyValue = { name: string; value: ReactNode };

/** Facts next to their names; missing facts have no line. */
export function KeyValues({ items }: { items: KeyValue[] }) {
  return (
    <dl className="divide-y">
      {items
        .filter(({ value }) => value !== null && value !== undefined && value !== false)
        .map(({ name: term, value }) => (
          <div key={term} className="grid grid-cols-[6.75rem_minmax(0,1fr)] gap-3 px-4 py-1.5">
            <dt className="text-ink-muted">{term}</dt>
            <dd className="min-w-0 wrap-anywhere">
              {typeof value === "string" ? <StoredText>{value}</StoredText> : value}
            </dd>
          </div>
        ))}
    </dl>
  );
}

/** The mark for "none", for the eye and for screen readers. */
export function None() {
  return (
    <span data-none role="img" aria-label="none" className="text-ink-faint">
      –
    </span>
  );
}
