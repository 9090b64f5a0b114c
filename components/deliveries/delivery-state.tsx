import { CircleCheck, CircleX, Clock, Pause } from "lucide-react";
import { StateBadge } from "@/components/ui/state-badge";
import type { Delivery } from "@/lib/contract/deliveries";

/** Labels for the API's states. */
export const STATE_WORDS: Record<Delivery["state"], string> = {
  pending: "Pending",
  delivered: "Delivered",
  failed: "Failed",
};

const STATES = {
  delivered: { word: STATE_WORDS.delivered, Icon: CircleCheck, style: "text-ink-muted" },
  failed: { word: STATE_WORDS.failed, Icon: CircleX, style: "text-status-failed" },
  pending: { word: STATE_WORDS.pending, Icon: Clock, style: "text-status-running" },
  paused: { word: "Paused", Icon: Pause, style: "text-status-partial" },
} as const;

/** A delivery's state, by word, shape and color. */
export function DeliveryState({ delivery }: { delivery: Delivery }) {
  const { word, ...look } = STATES[delivery.paused_until ? "paused" : delivery.state];
  return <StateBadge {...look}>{word}</StateBadge>;
}
