import Link from "next/link";
import { buttonStyle } from "@/components/ui/button-style";
import { EmptyState } from "@/components/ui/empty-state";
import { paths } from "@/lib/client/paths";

export default function WebhookNotFound() {
  return (
    <EmptyState
      as="h1"
      title="There is no such webhook in your reach"
      actions={
        <>
          <Link href={paths.webhooks()} className={buttonStyle("secondary")}>
            Go to the webhooks
          </Link>
          <Link href={paths.deliveries()} className={buttonStyle("secondary")}>
            Go to the deliveries
          </Link>
        </>
      }
    >
      It may have been deleted: its deliveries are still there. Or it belongs to a customer that your account
      doesn’t reach; ask an admin.
    </EmptyState>
  );
}
