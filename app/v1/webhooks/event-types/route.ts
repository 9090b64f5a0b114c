import { listEventTypesOperation } from "@/lib/contract/webhooks";
import { bind, endpoint } from "@/lib/platform/http/endpoint";
import { EVENT_DESCRIPTIONS, EVENT_TYPES } from "@/lib/states/delivery";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: bind(listEventTypesOperation, () => ({
    status: 200,
    body: { items: EVENT_TYPES.map((type) => ({ type, description: EVENT_DESCRIPTIONS[type] })) },
  })),
});
