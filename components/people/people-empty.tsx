import { ListEmpty } from "@/components/ui/list-empty";
import { paths } from "@/lib/client/paths";

type Props = { problem: "filter" | "cursor" | undefined; hasFilters: boolean };

export function PeopleEmpty(props: Props) {
  return (
    <ListEmpty
      {...props}
      one="person"
      start="the first name"
      all={{ href: paths.people(), text: "Show everyone" }}
      faulty={{ hint: "This link contains an unknown role or state. Choose one from the list." }}
      unmatched="Remove a filter. People with access to customers that you can’t access aren’t shown."
      title="No people you can see"
    >
      People with access to customers that you can’t access aren’t shown.
    </ListEmpty>
  );
}
