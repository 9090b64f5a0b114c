import { ThingSkeleton } from "@/components/ui/thing-skeleton";

export default function KeyLoading() {
  return (
    <div aria-busy>
      <p role="status" className="sr-only">
        Loading the key…
      </p>
      <ThingSkeleton />
    </div>
  );
}
