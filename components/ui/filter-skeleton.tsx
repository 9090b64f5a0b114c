import { cx } from "./class-names";
import { Skeleton } from "./skeleton";

type Props = {
  /** The widths of the chips, the boxes and the tools after them, as class names. */
  chips: readonly string[];
  boxes?: readonly string[];
  tools?: readonly string[];
};

/** Placeholders for filters: a row of chips, or a bar with boxes, which folds on narrow screens. */
export function FilterSkeleton({ chips, boxes = [], tools = [] }: Props) {
  const folds = boxes.length > 0;
  return (
    <div aria-hidden className="flex flex-wrap gap-x-3 gap-y-2 max-sm:gap-x-2">
      {folds && <Skeleton className="h-7 w-19 sm:hidden" />}
      <div className={cx("flex flex-wrap gap-1.5", folds && "max-sm:hidden")}>
        {chips.map((width, index) => (
          <Skeleton key={index} isRound className={cx("h-7 shrink-0", width)} />
        ))}
      </div>
      {folds && (
        <div
          className={cx(
            "flex flex-1 gap-x-3 max-sm:contents",
            tools.length > 0 ? "sm:min-w-104" : "sm:min-w-72",
          )}
        >
          <div className="flex flex-1 gap-2 max-sm:hidden">
            {boxes.map((width) => (
              <Skeleton key={width} className={cx("h-7", width)} />
            ))}
          </div>
          {tools.map((width) => (
            <Skeleton key={width} className={cx("h-7", width)} />
          ))}
        </div>
      )}
    </div>
  );
}
