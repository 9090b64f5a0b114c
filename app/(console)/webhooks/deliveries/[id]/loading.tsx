import { ThingSkeleton } from "@/components/ui/thing-skeleton";

export default function DeliveryLoading() {
  return (
    <div aria-busy>
      <p role="status" className="sr-only">
        Loading the delivery…
      </p>
      <ThingSkeleton />
    </div>
  );
}
