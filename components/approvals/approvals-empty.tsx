import { ListEmpty } from "@/components/ui/list-empty";
import { paths } from "@/lib/client/paths";

type Props = { problem: "filter" | "cursor" | undefined; hasFilters: boolean };

export function ApprovalsEmpty(props: Props) {
  return (
    <ListEmpty
      {...props}
      one="request"
      all={{ href: paths.approvals(), text: "Show all requests" }}
      faulty={{ hint: "This link contains an unknown state. Choose one from the list." }}
      unmatched="Remove the filter to see the others."
      title="No approval requests yet"
    >
      Canceling a protected customer’s run asks a second person. Their requests are listed here.
    </ListEmpty>
  );
}
