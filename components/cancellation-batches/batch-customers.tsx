import { StoredText } from "@/components/ui/stored-text";
import type { CancellationBatch } from "@/lib/contract/cancellation-batches";

/** The summary lists no more. */
const MOST_LISTED = 100;

/** The customer's name, or how many have runs to cancel. */
export function BatchCustomers({ batch }: { batch: Pick<CancellationBatch, "org_ids" | "summary"> }) {
  const { by_customer: listed } = batch.summary;
  const [only, ...more] = listed;
  if (only && more.length === 0) return <StoredText>{only.name}</StoredText>;
  const isWhole = listed.length > 0 && listed.length < MOST_LISTED;
  const count = isWhole ? listed.length : batch.org_ids.length;
  return <>{count === 1 ? "1 customer" : `${count} customers`}</>;
}
