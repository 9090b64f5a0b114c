import { CircleCheck, CircleSlash, Pause } from "lucide-react";
import { StateBadge } from "@/components/ui/state-badge";
import type { Webhook } from "@/lib/contract/webhooks";

const STATES = {
  enabled: { word: "Enabled", Icon: CircleCheck, style: "text-ink-muted" },
  paused: { word: "Paused", Icon: Pause, style: "text-status-partial" },
  disabled: { word: "Disabled", Icon: CircleSlash, style: "text-ink-muted" },
} as const;

/** Whether a webhook receives events, by word, shape and color. */
export function WebhookState({ webhook }: { webhook: Webhook }) {
  const state = !webhook.is_enabled ? "disabled" : webhook.paused_until ? "paused" : "enabled";
  const { word, ...look } = STATES[state];
  return <StateBadge {...look}>{word}</StateBadge>;
}
