import type { ReactNode } from "react";

type Props = { children: ReactNode; /** What is wrong with a filter, if anything. */ problems?: ReactNode };

/** Chips in a row, which breaks where it is narrow: a line that moved sideways would hide what has the focus. */
export function FilterRow({ children, problems }: Props) {
  return (
    <div role="group" aria-label="Filters" className="min-w-0">
      <div className="flex flex-wrap items-center gap-1.5">{children}</div>
      {problems}
    </div>
  );
}
