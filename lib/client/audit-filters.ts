import { defineFilters } from "./list-filters";

/**
 * `actor` is an id, `action` one or several separated by commas, `org` a slug; `reason` matches text; `from`
 * and `to` are days, inclusive. `show=all` includes sign-ins and exports, which are hidden by default.
 */
const filters = defineFilters("actor", "action", "show", "org", "ticket", "reason", "from", "to");

export type AuditFilters = typeof filters.none;
export const { none: NO_AUDIT_FILTERS, read: readAuditFilters, has: hasAuditFilters } = filters;
