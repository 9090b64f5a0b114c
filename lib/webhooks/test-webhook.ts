import { v7 as uuidv7 } from "uuid";
import { writeEntry } from "@/lib/audit/trail/write-entry";
import type { Delivery } from "@/lib/contract/deliveries";
import { formatTimestamp } from "@/lib/contract/values";
import { DELIVERY_COLUMNS, type DeliveryRow, toDelivery } from "@/lib/deliveries/delivery-record";
import type { Db } from "@/lib/platform/db/client";
import { invalid } from "@/lib/platform/errors";
import type { RequestContext } from "@/lib/states/audit-entry";
import type { Caller } from "@/lib/states/caller";
import type { EventType } from "@/lib/states/delivery";
import { getWebhook } from "./get-webhook";

type TestWebhook = {
  caller: Caller;
  context: RequestContext;
  webhookId: string;
  /** Defaults to the first event that it subscribes to. */
  event: EventType | undefined;
};

const STATUS_OF: Record<EventType, string> = {
  "run.completed": "succeeded",
  "run.failed": "failed",
  "run.cancelled": "canceled",
  "run.partial_succeeded": "partial_succeeded",
};

/**
 * Sends a webhook an event about a made-up run, signed and retried like any other.
 * @throws Refusal WEBHOOK_NOT_FOUND
 * @throws Refusal VALIDATION_ERROR `conflict` for a disabled webhook
 */
export function testWebhook(db: Db, { caller, context, webhookId, event }: TestWebhook): Promise<Delivery> {
  return db.$transaction(async (tx) => {
    const webhook = await getWebhook(tx, caller.reach, webhookId);
    if (!webhook.is_enabled)
      throw invalid(["path", "id"], "conflict", "The webhook is disabled. Enable it first.");
    const { id: webhook_id, org_id: orgId, url } = webhook;
    const chosen = event ?? webhook.event_types[0]!;
    const [made] = await tx.$queryRaw<DeliveryRow[]>`
      INSERT INTO deliveries AS r (org_id, webhook_id, event, cause, url, origin, body)
      VALUES (${orgId}::uuid, ${webhook_id}::uuid, ${chosen}, 'test', ${url}, origin_of(${url}), ${inventBody(chosen)})
      RETURNING ${DELIVERY_COLUMNS}`;
    const target = { type: "webhook", id: webhook_id, label: url } as const;
    const meta = { event: chosen, delivery_id: made!.id };
    await writeEntry(tx, { caller, context, orgId, action: "webhook.tested", target, meta });
    return toDelivery(made!);
  });
}

function inventBody(event: EventType): string {
  const completedAt = new Date();
  const outputs = [{ url: "https://example.com/test.png", type: "image/png" }];
  const output = { outputs, seed: null, timing: null, nsfw_detected: null };
  const hasOutput = event === "run.completed" || event === "run.partial_succeeded";
  return JSON.stringify({
    event,
    run_id: uuidv7(),
    status: STATUS_OF[event],
    output: hasOutput ? output : null,
    duration_ms: 4_200,
    created_at: formatTimestamp(new Date(completedAt.getTime() - 4_200)),
    completed_at: formatTimestamp(completedAt),
    metadata: { test: true },
  });
}
