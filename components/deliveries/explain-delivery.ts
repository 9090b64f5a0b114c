import { formatAbsolute } from "@/lib/client/format-time";
import type { Delivery } from "@/lib/contract/deliveries";
import { MAX_ATTEMPTS } from "@/lib/states/delivery";

/** @returns a sentence: its state, and what comes next */
export function explainDelivery({
  state,
  next_attempt_at,
  paused_until,
  settled_at,
  attempt_count,
  last_error,
}: Delivery): string {
  if (paused_until)
    return `Sending to this address is paused until ${formatAbsolute(paused_until)}, because it kept failing.`;
  if (state === "delivered") return `Delivered ${formatAbsolute(settled_at!)}.`;
  if (state === "failed")
    return last_error?.startsWith("url_")
      ? "Not sent: this address isn’t allowed."
      : `Failed after ${attempt_count === 1 ? "1 attempt" : `${attempt_count} attempts`}.`;
  if (attempt_count === 0) return "The first attempt is due now.";
  const when = next_attempt_at ? formatAbsolute(next_attempt_at) : "soon";
  return `Attempt ${attempt_count + 1} of ${MAX_ATTEMPTS}: ${when}.`;
}
