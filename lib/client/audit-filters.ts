import { readParam, type SearchParams } from "./run-filters";

/** What the address of the audit trail says, sense or not: a filter left out in silence would show the whole trail. */
export type AuditFilters = {
  /** The id of a person or key. */
  actor: string;
  action: string;
  /** An organization's slug. */
  org: string;
  ticket: string;
  /** Text that the reason contains. */
  reason: string;
  /** Days, `2026-04-01`, in UTC; `to` is the last day that is shown. */
  from: string;
  to: string;
};

export const NO_AUDIT_FILTERS: AuditFilters = {
  actor: "",
  action: "",
  org: "",
  ticket: "",
  reason: "",
  from: "",
  to: "",
};

export function readAuditFilters(params: SearchParams): AuditFilters {
  return {
    actor: readParam(params, "actor"),
    action: readParam(params, "action"),
    org: readParam(params, "org"),
    ticket: readParam(params, "ticket").trim(),
    reason: readParam(params, "reason").trim(),
    from: readParam(params, "from"),
    to: readParam(params, "to"),
  };
}

export const hasAuditFilters = (filters: AuditFilters): boolean => Object.values(filters).some(Boolean);
