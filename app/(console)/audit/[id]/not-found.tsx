import Link from "next/link";
import { buttonStyle } from "@/components/ui/button-style";
import { EmptyState } from "@/components/ui/empty-state";
import { paths } from "@/lib/client/paths";

export default function AuditEntryNotFound() {
  return (
    <EmptyState
      as="h1"
      title="There is no such audit entry in your reach"
      actions={
        <Link href={paths.audit()} className={buttonStyle("secondary")}>
          Go to the audit trail
        </Link>
      }
    >
      Check the address for a missing character. If it is right, the entry belongs to a customer that your
      account doesn’t reach, or to a month that has been moved to an archive; ask an admin.
    </EmptyState>
  );
}
