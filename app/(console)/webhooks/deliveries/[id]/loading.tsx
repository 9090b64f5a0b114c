import { Skeleton } from "@/components/ui/skeleton";

export default function DeliveryLoading() {
  return (
    <div aria-busy className="grid gap-4 p-4 lg:p-6">
      <p role="status" className="sr-only">
        Loading the delivery…
      </p>
      <Skeleton className="h-16 w-96 max-w-full" />
      <div className="grid gap-4 xl:grid-cols-[minmax(0,1fr)_25rem]">
        <Skeleton className="h-96 rounded-lg" />
        <Skeleton className="h-96 rounded-lg" />
      </div>
    </div>
  );
}
