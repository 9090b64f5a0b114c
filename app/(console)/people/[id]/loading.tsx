import { ThingSkeleton } from "@/components/ui/thing-skeleton";

export default function PersonLoading() {
  return (
    <div aria-busy>
      <p role="status" className="sr-only">
        Loading the person…
      </p>
      <ThingSkeleton />
    </div>
  );
}
