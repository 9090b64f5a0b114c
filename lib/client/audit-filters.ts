import { defineFilters } from "./list-filters";

/** `actor` is an id, `org` a slug; `reason` is text in it; `from` and `to` are days, both included. */
const filters = defineFilters("actor", "action", "org", "ticket", "reason", "from", "to");

export type AuditFilters = typeof filters.none;
export const { none: NO_AUDIT_FILTERS, read: readAuditFilters, has: hasAuditFilters } = filters;
