import { defineFilters } from "./list-filters";

/** `org` is a slug, `webhook` and `run` are ids; `from` is inclusive, `to` exclusive. */
const filters = defineFilters("org", "state", "event", "webhook", "run", "from", "to");

export type DeliveryFilters = typeof filters.none;
export const { none: NO_DELIVERY_FILTERS, read: readDeliveryFilters, has: hasDeliveryFilters } = filters;
