import { cx } from "./class-names";
import { Skeleton } from "./skeleton";

type Props = {
  /** The widths of the chips, and of what stands after them, as class names. */
  chips: readonly string[];
  after?: readonly string[];
};

/** The places of what narrows a list down: chips, then boxes. */
export function FilterSkeleton({ chips, after = [] }: Props) {
  return (
    <div aria-hidden className="flex flex-wrap gap-x-3 gap-y-2">
      <div className="flex flex-wrap gap-1.5">
        {chips.map((width, index) => (
          <Skeleton key={index} isRound className={cx("h-7 shrink-0", width)} />
        ))}
      </div>
      {after.map((width) => (
        <Skeleton key={width} className={cx("h-7", width)} />
      ))}
    </div>
  );
}
