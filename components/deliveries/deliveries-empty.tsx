import { ListEmpty } from "@/components/ui/list-empty";
import { paths } from "@/lib/client/paths";

type Props = { problem: "filter" | "cursor" | undefined; hasFilters: boolean };

const FAULTY =
  "This link contains an unknown state, event, customer, webhook or run ID. Choose from the lists.";

export function DeliveriesEmpty(props: Props) {
  return (
    <ListEmpty
      {...props}
      one="delivery"
      all={{ href: paths.deliveries(), text: "Show all deliveries" }}
      faulty={{ hint: FAULTY }}
      unmatched="Remove a filter. Runs without a callback URL or webhook send nothing."
      title="No deliveries yet"
    >
      When a run ends, we notify its callback URL and the customer’s webhooks. Each delivery is listed here.
    </ListEmpty>
  );
}
