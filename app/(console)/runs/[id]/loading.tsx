import { Skeleton } from "@/components/ui/skeleton";

export default function RunLoading() {
  return (
    <div aria-busy>
      <p role="status" className="sr-only">
        Loading the run…
      </p>
      <div aria-hidden className="bg-surface grid gap-3 border-b px-4 py-4 lg:px-6">
        <Skeleton className="h-6 w-28" />
        <Skeleton className="h-5 w-80 max-w-full" />
        <Skeleton className="h-4 w-64 max-w-full" />
        <Skeleton className="mt-2 h-4 w-96 max-w-full" />
        <Skeleton className="mt-5 mb-10 h-14 w-full max-w-md rounded" />
      </div>
      <div aria-hidden className="grid items-start gap-4 p-4 lg:p-6 xl:grid-cols-[minmax(0,1fr)_25rem]">
        <div className="grid gap-4">
          <Skeleton className="h-52 rounded-lg" />
          <Skeleton className="h-40 rounded-lg" />
        </div>
        <Skeleton className="h-96 rounded-lg" />
      </div>
    </div>
  );
}
