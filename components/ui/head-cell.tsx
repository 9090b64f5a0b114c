import type { ReactNode } from "react";
import { cx } from "./class-names";
import { HEAD } from "./table-style";

type Props = { className?: string; sorted?: "ascending" | "descending"; children: ReactNode };

/** A column header. The explicit role keeps it a table for screen readers when it is laid out as cards. */
export function HeadCell({ className, sorted, children }: Props) {
  return (
    <th role="columnheader" scope="col" aria-sort={sorted} className={cx(HEAD, className)}>
      {children}
    </th>
  );
}
