import { ListEmpty } from "@/components/ui/list-empty";
import { paths } from "@/lib/client/paths";

type Props = { problem: "filter" | "cursor" | undefined; hasFilters: boolean };

export function BatchesEmpty(props: Props) {
  return (
    <ListEmpty
      {...props}
      one="bulk cancellation"
      all={{ href: paths.cancellations(), text: "Show all bulk cancellations" }}
      faulty={{ hint: "This link contains an unknown state. Choose one from the list." }}
      unmatched="Remove the filter to see the others."
      title="No bulk cancellations yet"
    >
      Select runs in the list of runs, or filter it, to cancel many at once.
    </ListEmpty>
  );
}
