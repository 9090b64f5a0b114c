import { formatAbsolute } from "@/lib/client/format-time";
import type { Delivery } from "@/lib/contract/deliveries";

/** @returns a sentence: how it stands and what comes next */
export function explainDelivery({
  state,
  next_attempt_at,
  paused_until,
  settled_at,
  attempt_count,
  last_error,
}: Delivery): string {
  if (paused_until)
    return `Its address failed repeatedly: nothing is sent there before ${formatAbsolute(paused_until)}.`;
  if (state === "delivered") return `Accepted ${formatAbsolute(settled_at!)}.`;
  if (state === "failed")
    return last_error?.startsWith("url_")
      ? "Not sent: its address may not be called."
      : `Given up after ${attempt_count === 1 ? "1 attempt" : `${attempt_count} attempts`}.`;
  if (attempt_count === 0) return "The first attempt is due now.";
  return `Attempt ${attempt_count + 1} comes ${next_attempt_at ? formatAbsolute(next_attempt_at) : "soon"}.`;
}
