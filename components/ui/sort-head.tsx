import { ArrowDown, ArrowUp } from "lucide-react";
import { cx } from "./class-names";

export type Sort = { by: string; isDescending: boolean };

type Props = { field: string; head: string; sort: Sort | undefined; title: string | undefined };

/** A column header that sorts; the table handles the press. */
export function SortHead({ field, head, sort, title }: Props) {
  const isSorted = sort?.by === field;
  const Arrow = sort?.isDescending ? ArrowDown : ArrowUp;
  return (
    <>
      <button
        type="button"
        data-sort={field}
        title={title}
        className={cx(
          "hover:bg-hover hover:text-ink -mx-1.5 inline-flex h-7 items-center gap-1 rounded-sm px-1.5 max-md:hidden",
          isSorted && "text-ink",
        )}
      >
        {head}
        {isSorted && <Arrow aria-hidden className="size-3" />}
      </button>
      <span className="md:hidden">{head}</span>
    </>
  );
}
