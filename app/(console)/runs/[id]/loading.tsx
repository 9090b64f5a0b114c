import { ThingSkeleton } from "@/components/ui/thing-skeleton";

export default function RunLoading() {
  return (
    <div aria-busy>
      <p role="status" className="sr-only">
        Loading the run…
      </p>
      <ThingSkeleton hasMore />
    </div>
  );
}
