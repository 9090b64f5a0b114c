import { ThingSkeleton } from "@/components/ui/thing-skeleton";

export default function EntryLoading() {
  return (
    <div aria-busy>
      <p role="status" className="sr-only">
        Loading the audit entry…
      </p>
      <ThingSkeleton />
    </div>
  );
}
