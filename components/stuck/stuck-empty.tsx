import Link from "next/link";
import { buttonStyle } from "@/components/ui/button-style";
import { EmptyState } from "@/components/ui/empty-state";
import { paths } from "@/lib/client/paths";

type Props = { hasFilters: boolean; isKnown: boolean };

/** @param isKnown whether there are the customer and the model that the address names */
export function StuckEmpty({ hasFilters, isKnown }: Props) {
  if (!hasFilters) {
    return (
      <EmptyState title="No run is stuck">
        A run appears here by itself once it has taken longer than the threshold of its model allows, and goes
        when it ends.
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
      Take a filter off to see the others.
    </EmptyState>
  ) : (
    <EmptyState title="There is no such customer or model" actions={showAll}>
      The address names one that doesn’t exist or that you don’t reach.
    </EmptyState>
  );
}
