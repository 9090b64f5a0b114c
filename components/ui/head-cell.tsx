import type { ReactNode } from "react";
import { cx } from "./class-names";
import { HEAD } from "./table-style";

type Props = { className?: string; sorted?: "ascending" | "descending"; children: ReactNode };

/** A column's head. The role is written out, as a table that is laid out as cards must stay one for a screen reader. */
export function HeadCell({ className, sorted, children }: Props) {
  return (
    <th role="columnheader" scope="col" aria-sort={sorted} className={cx(HEAD, className)}>
      {children}
    </th>
  );
}
