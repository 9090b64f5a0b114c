import { createGuardedAgent } from "@/lib/platform/outbound/guarded-agent";
import { sendDelivery, TIMEOUT_MS } from "@/lib/platform/outbound/send-delivery";
import type { TargetRules } from "@/lib/platform/outbound/target-url";
import type { Target } from "./target";

type Settings = { name: string; url: string; secret: string; rules: TargetRules };

/**
 * An endpoint that receives checkpoints as it would callbacks: signed, and never in a private network. An
 * unconfirmed copy is resent under the same `Runflow-Request-Id`.
 */
export function openHttpsTarget({ name, url, secret, rules }: Settings): Target {
  const agent = createGuardedAgent({ allowPrivate: rules.allowPrivate, timeoutMs: TIMEOUT_MS });
  return {
    name,
    put: async ({ number, note }) => {
      const message = {
        id: `audit_checkpoint_${number}`,
        url,
        body: note,
        contentType: "text/plain; charset=utf-8",
        secret,
      };
      const { isDelivered, status, error } = await sendDelivery(message, { agent, rules });
      if (!isDelivered) throw new Error(error ?? `answered ${status}`);
    },
    close: () => agent.destroy(),
  };
}
