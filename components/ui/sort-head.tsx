import { ArrowUp } from "lucide-react";
import { cx } from "./class-names";

export type Sort = { by: string; isDescending: boolean };

type Props = { field: string; head: string; sort: Sort | undefined; title: string | undefined };

/** A column header that sorts; the table handles the press. */
export function SortHead({ field, head, sort, title }: Props) {
  const isSorted = sort?.by === field;
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
        {isSorted && <Arrow isDown={sort.isDescending} />}
      </button>
      <span className="md:hidden">{head}</span>
    </>
  );
}

/** The header of a list's only order: it can't be pressed. */
export const SortedHead = ({ head, isDescending }: { head: string; isDescending: boolean }) => (
  <span className="text-ink inline-flex items-center gap-1">
    {head}
    <Arrow isDown={isDescending} />
  </span>
);

const Arrow = ({ isDown }: { isDown: boolean }) => (
  <ArrowUp aria-hidden className={isDown ? "size-3 rotate-180" : "size-3"} />
);
