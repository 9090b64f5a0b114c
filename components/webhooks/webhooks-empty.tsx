import { ListEmpty } from "@/components/ui/list-empty";
import { plainStored } from "@/lib/client/bidi";
import { paths } from "@/lib/client/paths";

type Props = { problem: "filter" | "cursor" | undefined; customer: string | undefined };

const FAULTY = {
  title: "Customer not found",
  hint: "This link names a customer that doesn’t exist or that you can’t access.",
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
      title={customer ? `${plainStored(customer)} has no webhooks` : "No webhooks yet"}
    >
      A webhook notifies a customer’s server when runs end. Runs with their own callback URL don’t need one.
    </ListEmpty>
  );
}
