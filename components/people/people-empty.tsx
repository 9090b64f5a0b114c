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
      faulty={{ hint: "The address names a role or a state that there is not. Choose one from the list." }}
      unmatched="Take a filter off. People who reach customers that you don’t are not shown to you."
      title="There is nobody in your reach"
    >
      StaffPerson who reach customers that you don’t are not shown to you.
    </ListEmpty>
  );
}
