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
        hint: "This link contains an unknown kind, state, customer or owner. Choose from the lists.",
      }}
      unmatched={
        <>
          Remove a filter. Search by name or by the first twelve characters, such as{" "}
          <code className="mono">rf_live_4kQz</code>.
        </>
      }
      title="No keys you can see"
    >
      Inference keys create and read a customer’s runs. Service keys let scripts use the admin API.
    </ListEmpty>
  );
}
