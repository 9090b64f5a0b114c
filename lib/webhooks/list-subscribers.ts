import type { Db } from "@/lib/platform/db/client";
import type { EventType } from "@/lib/states/delivery";

/** Far more than an organization has. */
const MOST = 100;

/** @returns the URLs of an organization's webhooks that receive this event */
export async function listSubscribers(db: Db, orgId: string, event: EventType): Promise<string[]> {
  const webhooks = await db.webhook.findMany({
    where: { orgId, isEnabled: true, eventTypes: { has: event } },
    select: { url: true },
    orderBy: { id: "asc" },
    take: MOST,
  });
  return webhooks.map(({ url }) => url);
}
