import { CircleCheck, CircleSlash, Pause } from "lucide-react";
import { cx } from "@/components/ui/class-names";
import type { Webhook } from "@/lib/contract/webhooks";

const STATES = {
  enabled: { word: "Enabled", Icon: CircleCheck, style: "text-ink-muted" },
  paused: { word: "Paused", Icon: Pause, style: "text-status-partial" },
  disabled: { word: "Disabled", Icon: CircleSlash, style: "text-ink-muted" },
} as const;

/** Whether a webhook receives events, by word, shape and color. */
export function WebhookState({ webhook }: { webhook: Webhook }) {
  const state = !webhook.is_enabled ? "disabled" : webhook.paused_until ? "paused" : "enabled";
  const { word, Icon, style } = STATES[state];
  return (
    <span
      className={cx("inline-flex items-center gap-1.5 align-middle font-medium whitespace-nowrap", style)}
    >
      <Icon aria-hidden className="size-4" />
      {word}
    </span>
  );
}
