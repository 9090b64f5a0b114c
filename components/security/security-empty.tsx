import { ListEmpty } from "@/components/ui/list-empty";
import { paths } from "@/lib/client/paths";

type Props = { problem: "filter" | "cursor" | undefined; hasFilters: boolean };

export function SecurityEmpty(props: Props) {
  return (
    <ListEmpty
      {...props}
      one="attempt"
      all={{ href: paths.security(), text: "Show all attempts" }}
      unmatched="Take a filter off or widen the days."
      title="Nothing was refused yet"
    >
      Requests that the admin API refuses and sign-ins that fail stand here: who tried what, and from where.
      What succeeds is in the audit trail.
    </ListEmpty>
  );
}
