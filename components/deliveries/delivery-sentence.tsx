import type { ReactNode } from "react";
import { Moment } from "@/components/ui/moment";
import type { Delivery } from "@/lib/contract/deliveries";
import { MAX_ATTEMPTS } from "@/lib/states/delivery";

/** A delivery's state and next step. */
export function DeliverySentence({ delivery }: { delivery: Delivery }): ReactNode {
  const { state, next_attempt_at, paused_until, settled_at, attempt_count, last_error } = delivery;
  if (paused_until)
    return (
      <>
        Sending to this address is paused until <Moment time={paused_until} />, because it kept failing.
      </>
    );
  if (state === "delivered")
    return (
      <>
        Delivered <Moment time={settled_at!} />.
      </>
    );
  if (state === "failed")
    return last_error?.startsWith("url_")
      ? "Not sent: this address isn’t allowed."
      : `Failed after ${attempt_count === 1 ? "1 attempt" : `${attempt_count} attempts`}.`;
  if (attempt_count === 0) return "The first attempt is due now.";
  return (
    <>
      Attempt {attempt_count + 1} of {MAX_ATTEMPTS}:{" "}
      {next_attempt_at ? <Moment time={next_attempt_at} /> : "soon"}.
    </>
  );
}
