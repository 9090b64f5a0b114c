import { readParam, type SearchParams } from "./run-filters";

/** What the address of the security events says, sense or not: a filter left out in silence would show too much. */
export type SecurityFilters = {
  kind: string;
  status: string;
  code: string;
  /** The id of a person or key. */
  actor: string;
  ip: string;
  /** An organization's slug. */
  org: string;
  /** Days, `2026-04-01`, in UTC; `to` is the last day that is shown. */
  from: string;
  to: string;
};

export const NO_SECURITY_FILTERS: SecurityFilters = {
  kind: "",
  status: "",
  code: "",
  actor: "",
  ip: "",
  org: "",
  from: "",
  to: "",
};

export function readSecurityFilters(params: SearchParams): SecurityFilters {
  const read = (name: keyof SecurityFilters) => readParam(params, name).trim();
  return {
    kind: read("kind"),
    status: read("status"),
    code: read("code"),
    actor: read("actor"),
    ip: read("ip"),
    org: read("org"),
    from: read("from"),
    to: read("to"),
  };
}

export const hasSecurityFilters = (filters: SecurityFilters): boolean => Object.values(filters).some(Boolean);
