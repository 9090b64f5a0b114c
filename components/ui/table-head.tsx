import { HeadCell } from "./head-cell";
import { type Sort, SortedHead, SortHead } from "./sort-head";
import { type Column, headStyle } from "./table-column";
import type { Selection } from "./use-selection";

type Props = {
  column: Column<never>;
  sort: Sort | undefined;
  describeSort: ((field: string) => string) | undefined;
};

export function TableHead({ column, sort, describeSort }: Props) {
  const { head, sort: field } = column;
  const isSorted = field !== undefined && sort?.by === field;
  return (
    <HeadCell
      className={headStyle(column)}
      {...(isSorted && { sorted: sort.isDescending ? "descending" : "ascending" })}
    >
      {field && describeSort ? (
        <SortHead field={field} head={head} sort={sort} title={describeSort(field)} />
      ) : isSorted ? (
        <SortedHead head={head} isDescending={sort.isDescending} />
      ) : (
        head || <span className="sr-only">Actions</span>
      )}
    </HeadCell>
  );
}

type SelectProps = { label: string; selection: Selection; count: number };

export function SelectCell({ label, selection: { ids }, count }: SelectProps) {
  const isSome = ids.size > 0 && ids.size < count;
  return (
    <HeadCell className="w-9 pr-0! lg:w-11">
      <span className="md:hidden">Select</span>
      <input
        ref={(box) => {
          if (box) box.indeterminate = isSome;
        }}
        type="checkbox"
        data-select-all
        checked={ids.size > 0 && ids.size === count}
        readOnly
        aria-label={`Select all ${label.toLowerCase()} on this page`}
        className="size-3.5 align-middle max-md:hidden"
      />
    </HeadCell>
  );
}
