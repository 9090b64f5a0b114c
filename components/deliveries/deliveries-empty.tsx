import { ListEmpty } from "@/components/ui/list-empty";
import { paths } from "@/lib/client/paths";

type Props = { problem: "filter" | "cursor" | undefined; hasFilters: boolean };

const FAULTY =
  "The address names a state, an event, a customer, a webhook or a run that can’t be one. Choose from the lists; a " +
  "run is named by its whole id.";

export function DeliveriesEmpty(props: Props) {
  return (
    <ListEmpty
      {...props}
      one="delivery"
      all={{ href: paths.deliveries(), text: "Show all deliveries" }}
      faulty={{ hint: FAULTY }}
      unmatched="Take a filter off. A run without a callback URL, of a customer without a webhook, tells nobody."
      title="Nothing was delivered yet"
    >
      When a run ends, its callback URL and its customer’s webhooks hear of it, and each delivery stands here.
    </ListEmpty>
  );
}
