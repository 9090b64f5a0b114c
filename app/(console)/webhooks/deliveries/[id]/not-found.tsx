import Link from "next/link";
import { buttonStyle } from "@/components/ui/button-style";
import { EmptyState } from "@/components/ui/empty-state";
import { paths } from "@/lib/client/paths";

export default function DeliveryNotFound() {
  return (
    <EmptyState
      as="h1"
      title="There is no such delivery in your reach"
      actions={
        <Link href={paths.deliveries()} className={buttonStyle("secondary")}>
          Go to the deliveries
        </Link>
      }
    >
      Check the address for a missing character. If it is right, the delivery belongs to a customer that your
      account doesn’t reach; ask an admin.
    </EmptyState>
  );
}
