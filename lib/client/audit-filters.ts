import { AUDIT_ACTIONS, type AuditAction } from "@/lib/audit/audit-entry";
import { readParam, type SearchParams } from "./run-filters";

/** What the address of the audit trail says. */
export type AuditFilters = {
  /** The id of a person or key. */
  actor: string;
  action: AuditAction | "";
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

const DAY = /^\d{4}-\d\d-\d\d$/;
const readDay = (text: string): string => (DAY.test(text) && !Number.isNaN(Date.parse(text)) ? text : "");

export function readAuditFilters(params: SearchParams): AuditFilters {
  const action = readParam(params, "action");
  return {
    actor: readParam(params, "actor"),
    action: AUDIT_ACTIONS.find((known) => known === action) ?? "",
    org: readParam(params, "org"),
    ticket: readParam(params, "ticket").trim(),
    reason: readParam(params, "reason").trim(),
    from: readDay(readParam(params, "from")),
    to: readDay(readParam(params, "to")),
  };
}

export const hasAuditFilters = (filters: AuditFilters): boolean => Object.values(filters).some(Boolean);
