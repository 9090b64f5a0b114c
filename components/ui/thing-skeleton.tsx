import { cx } from "./class-names";
import { Skeleton } from "./skeleton";

type Props = { /** Whether its header has another line. */ hasMore?: boolean };

/** Placeholders for a detail page: its header and panels. */
export function ThingSkeleton({ hasMore = false }: Props) {
  return (
    <div aria-hidden>
      <div className="bg-surface grid grid-cols-[minmax(0,1fr)] gap-0.5 border-b px-4 py-4 lg:px-6">
        <Line className="h-7" bar="h-3 w-16" />
        <Line className="h-8" bar="h-4 w-96" />
        <Line className="h-5" bar="h-3 w-64" />
        {hasMore && <Line className="h-7" bar="h-3 w-72" />}
      </div>
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 p-4 lg:p-6 xl:grid-cols-[minmax(0,1fr)_25rem]">
        <div className="grid gap-4">
          <PanelShape rows={4} />
          <PanelShape rows={2} />
        </div>
        <PanelShape rows={9} />
      </div>
    </div>
  );
}

function Line({ className, bar }: { className: string; bar: string }) {
  return (
    <div className={cx("flex min-w-0 items-center", className)}>
      <Skeleton className={cx("max-w-full", bar)} />
    </div>
  );
}

function PanelShape({ rows }: { rows: number }) {
  return (
    <div className="bg-surface rounded-lg border">
      <Line className="h-10 border-b px-4" bar="h-3 w-20" />
      <div className="grid gap-5 px-4 py-4">
        {Array.from({ length: rows }, (_, row) => (
          <div key={row} className="flex gap-6">
            <Skeleton className="h-3 w-20 shrink-0" />
            <Skeleton className={cx("h-3", row % 3 === 1 ? "w-32" : "w-48")} />
          </div>
        ))}
      </div>
    </div>
  );
}
