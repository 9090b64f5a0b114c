import { ListEmpty } from "@/components/ui/list-empty";
import { paths } from "@/lib/client/paths";

type Props = { problem: "filter" | "cursor" | undefined; hasFilters: boolean };

export function KeysEmpty(props: Props) {
  return (
    <ListEmpty
      {...props}
      one="key"
      all={{ href: paths.keys(), text: "Show all keys" }}
      faulty={{
        hint: "The address names a kind, a state, a customer or an owner that can’t be one. Choose from the lists.",
      }}
      unmatched={
        <>
          Take a filter off. A key is found by its name and by its first twelve characters, as in{" "}
          <code className="mono">rf_live_4kQz</code>.
        </>
      }
      title="There is no key in your reach"
    >
      A customer’s inference key creates and reads the runs of that customer; a service key does for a script
      what you do here.
    </ListEmpty>
  );
}
