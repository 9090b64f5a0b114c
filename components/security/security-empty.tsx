import { ListEmpty } from "@/components/ui/list-empty";
import { paths } from "@/lib/client/paths";

type Props = { problem: "filter" | "cursor" | undefined; hasFilters: boolean };

export function SecurityEmpty(props: Props) {
  return (
    <ListEmpty
      {...props}
      one="attempt"
      all={{ href: paths.security(), text: "Show all attempts" }}
      unmatched="Remove a filter or choose more days."
      title="No denied requests"
    >
      Requests that the API denies and sign-ins that fail are listed here, with who tried what and from where.
    </ListEmpty>
  );
}
