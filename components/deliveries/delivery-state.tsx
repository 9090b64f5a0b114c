import { CircleCheck, CircleX, Clock, Pause } from "lucide-react";
import { cx } from "@/components/ui/class-names";
import type { Delivery } from "@/lib/contract/deliveries";

const STATES = {
  delivered: { word: "Delivered", Icon: CircleCheck, style: "text-status-succeeded" },
  failed: { word: "Given up", Icon: CircleX, style: "text-status-failed" },
  pending: { word: "On its way", Icon: Clock, style: "text-status-running" },
  paused: { word: "Paused", Icon: Pause, style: "text-status-partial" },
} as const;

/** How a delivery stands, by word, shape and colour. */
export function DeliveryState({ delivery }: { delivery: Delivery }) {
  const { word, Icon, style } = STATES[delivery.paused_until ? "paused" : delivery.state];
  return (
    <span className={cx("inline-flex items-center gap-1.5 font-medium whitespace-nowrap", style)}>
      <Icon aria-hidden className="size-4" />
      {word}
    </span>
  );
}
