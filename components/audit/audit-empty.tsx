import { ListEmpty } from "@/components/ui/list-empty";
import { paths } from "@/lib/client/paths";

type Props = { problem: "filter" | "cursor" | undefined; hasFilters: boolean };

export function AuditEmpty(props: Props) {
  return (
    <ListEmpty
      {...props}
      list="trail"
      one="entry"
      all={{ href: paths.audit(), text: "Show the whole trail" }}
      unmatched="Remove a filter or choose more days. Canceling a run that has already ended leaves no entry."
      title="The audit trail is empty"
    >
      Each canceled run leaves an entry here: who did it, why, when and from where.
    </ListEmpty>
  );
}
