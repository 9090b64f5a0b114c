import Link from "next/link";
import { buttonStyle } from "@/components/ui/button-style";
import { EmptyState } from "@/components/ui/empty-state";
import { paths } from "@/lib/client/paths";

type Props = { hasFilters: boolean; isKnown: boolean };

/** @param isKnown whether the customer and the model in the URL exist */
export function StuckEmpty({ hasFilters, isKnown }: Props) {
  if (!hasFilters) {
    return (
      <EmptyState title="No run is stuck">
        A run appears here while it takes longer than its model’s threshold.
      </EmptyState>
    );
  }
  const showAll = (
    <Link href={paths.stuck()} className={buttonStyle("secondary")}>
      Show all stuck runs
    </Link>
  );
  return isKnown ? (
    <EmptyState title="No stuck run matches these filters" actions={showAll}>
      Remove a filter to see the others.
    </EmptyState>
  ) : (
    <EmptyState title="Unknown customer or model" actions={showAll}>
      This link names one that doesn’t exist or that you can’t access.
    </EmptyState>
  );
}
