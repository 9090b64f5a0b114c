import { defineFilters } from "./list-filters";

/**
 * `actor` is an id, `action` one or several with commas between them, `org` a slug; `reason` is text in it; `from` and
 * `to` are days, both included. `show` is "all" with sign-ins and exports, which are left out otherwise.
 */
const filters = defineFilters("actor", "action", "show", "org", "ticket", "reason", "from", "to");

export type AuditFilters = typeof filters.none;
export const { none: NO_AUDIT_FILTERS, read: readAuditFilters, has: hasAuditFilters } = filters;
