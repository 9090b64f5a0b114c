import type { ReactNode } from "react";
import { cx } from "./class-names";
import { Spinner } from "./spinner";

type Props = {
  children: ReactNode;
  /** On narrow screens, the chips flow with their surroundings instead of taking a line. */
  isLoose?: boolean;
  /** Whether the filtered list is loading. */
  isPending?: boolean | undefined;
  /** Validation messages of the filters. */
  problems?: ReactNode;
};

/** Chips in a row that wraps on narrow screens: sideways scrolling would hide the focused one. */
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
