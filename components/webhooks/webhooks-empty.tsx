import { ListEmpty } from "@/components/ui/list-empty";
import { plainStored } from "@/lib/client/bidi";
import { paths } from "@/lib/client/paths";

type Props = { problem: "filter" | "cursor" | undefined; customer: string | undefined };

const FAULTY = {
  title: "There is no such customer",
  hint: "The address names a customer that doesn’t exist or that you don’t reach.",
};

export function WebhooksEmpty({ problem, customer }: Props) {
  return (
    <ListEmpty
      problem={problem}
      hasFilters={false}
      one="webhook"
      all={{ href: paths.webhooks(), text: "Show all webhooks" }}
      faulty={FAULTY}
      unmatched={null}
      title={customer ? `${plainStored(customer)} has no webhook` : "No webhooks yet"}
    >
      A webhook tells a customer’s server how each run ended. Runs with a callback URL of their own are called
      back without one.
    </ListEmpty>
  );
}
