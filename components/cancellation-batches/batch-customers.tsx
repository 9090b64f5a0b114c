import { StoredText } from "@/components/ui/stored-text";
import type { CancellationBatch } from "@/lib/contract/cancellation-batches";

/** The customer's name, or how many they are. */
export function BatchCustomers({ batch }: { batch: Pick<CancellationBatch, "org_ids" | "summary"> }) {
  const [first, ...more] = batch.summary.by_customer;
  if (batch.org_ids.length !== 1) return <>{batch.org_ids.length} customers</>;
  return first && more.length === 0 ? <StoredText>{first.name}</StoredText> : <>1 customer</>;
}
