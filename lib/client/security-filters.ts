import { defineFilters } from "./list-filters";

/** `actor` is an id, `org` a slug; `from` and `to` are days, inclusive. */
const filters = defineFilters("kind", "status", "code", "actor", "ip", "org", "from", "to");

export type SecurityFilters = typeof filters.none;
export const { none: NO_SECURITY_FILTERS, read: readSecurityFilters, has: hasSecurityFilters } = filters;
