import { ThingSkeleton } from "@/components/ui/thing-skeleton";

export default function WebhookLoading() {
  return (
    <div aria-busy>
      <p role="status" className="sr-only">
        Loading the webhook…
      </p>
      <ThingSkeleton />
    </div>
  );
}
