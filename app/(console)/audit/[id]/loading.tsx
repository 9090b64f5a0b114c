import { Skeleton } from "@/components/ui/skeleton";

export default function EntryLoading() {
  return (
    <div aria-busy className="mx-auto grid max-w-5xl gap-4 p-4 lg:p-6">
      <p role="status" className="sr-only">
        Loading the audit entry…
      </p>
      <Skeleton className="h-16 w-80 max-w-full" />
      <Skeleton className="h-20 rounded-lg" />
      <div className="grid gap-4 md:grid-cols-2">
        <Skeleton className="h-56 rounded-lg" />
        <Skeleton className="h-56 rounded-lg" />
      </div>
    </div>
  );
}
