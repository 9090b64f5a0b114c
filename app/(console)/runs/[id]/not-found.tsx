import Link from "next/link";
import { buttonStyle } from "@/components/ui/button-style";
import { EmptyState } from "@/components/ui/empty-state";
import { paths } from "@/lib/client/paths";

export default function RunNotFound() {
  return (
    <EmptyState
      as="h1"
      title="There is no such run in your reach"
      actions={
        <Link href={paths.runs()} className={buttonStyle("secondary")}>
          Go to runs
        </Link>
      }
    >
      Check the id for a missing character. If it is right, the run belongs to a customer that your account
      doesn’t reach; ask an admin. A request id or client ref goes into the box above.
    </EmptyState>
  );
}
