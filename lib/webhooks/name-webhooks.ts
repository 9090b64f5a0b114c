import type { WebhookName } from "@/lib/contract/webhook-name";
import type { Db } from "@/lib/platform/db/client";

/**
 * @param ids of webhooks whose deliveries the caller may see
 * @returns them in no particular order, including deleted ones
 */
export async function nameWebhooks(db: Db, ids: readonly string[]): Promise<WebhookName[]> {
  if (ids.length === 0) return [];
  const webhooks = await db.webhook.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, description: true, isEnabled: true, deletedAt: true },
  });
  return webhooks.map(({ deletedAt, ...webhook }) => ({ ...webhook, isDeleted: deletedAt !== null }));
}
