import type { ReactNode } from "react";
import { cx } from "./class-names";
import { Spinner } from "./spinner";

type Props = {
  children: ReactNode;
  /** Whether the chips stand with what is around the row where it is narrow, and not in a line of their own. */
  isLoose?: boolean;
  /** Whether the list that was asked for is on its way. */
  isPending?: boolean | undefined;
  /** What is wrong with a filter, if anything. */
  problems?: ReactNode;
};

/** Chips in a row, which breaks where it is narrow: a line that moved sideways would hide what has the focus. */
export function FilterRow({ children, isLoose = false, isPending, problems }: Props) {
  return (
    <div
      role="group"
      aria-label="Filters"
      aria-busy={isPending}
      className={cx("min-w-0", isLoose ? "max-sm:contents" : "max-sm:basis-full")}
    >
      <div className={cx("flex flex-wrap items-center gap-1.5", isLoose && "max-sm:contents")}>
        {children}
        {isPending && <Spinner className="text-ink-muted size-3.5" />}
      </div>
      <div className="basis-full empty:hidden">{problems}</div>
    </div>
  );
}
