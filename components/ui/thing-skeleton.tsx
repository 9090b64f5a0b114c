import { Skeleton } from "./skeleton";

type Props = { /** Whether more follows in the head. */ hasMore?: boolean };

/** The page of one thing before it is there: its head and its two columns, in the sizes that they will have. */
export function ThingSkeleton({ hasMore = false }: Props) {
  return (
    <div aria-hidden>
      <div className="bg-surface grid gap-0.5 border-b px-4 py-4 lg:px-6">
        <div className="flex h-7 items-center">
          <Skeleton className="h-3 w-16" />
        </div>
        <div className="flex h-8 items-center">
          <Skeleton className="h-5 w-96 max-w-full" />
        </div>
        <div className="flex h-5 items-center">
          <Skeleton className="h-3 w-64 max-w-full" />
        </div>
        {hasMore && <Skeleton className="mt-4 h-24 max-w-3xl rounded lg:h-20" />}
      </div>
      <div className="grid items-start gap-4 p-4 lg:p-6 xl:grid-cols-[minmax(0,1fr)_25rem]">
        <div className="grid gap-4">
          <Skeleton className="h-52 rounded-lg" />
          <Skeleton className="h-40 rounded-lg" />
        </div>
        <Skeleton className="h-96 rounded-lg" />
      </div>
    </div>
  );
}
