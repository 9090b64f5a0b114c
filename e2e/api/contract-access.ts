import type { Operation } from "@/lib/contract/operation";
import type { Credential } from "./credential-kinds";

export const ADMITTED = "admitted";
const DENIED = "403 PERMISSION_DENIED";

/**
 * Who may call an operation: the contract's checks in their order, restated without the product's code. The
 * first that fails answers.
 */
export function answerByContract({ access, method, audits, stepUp }: Operation, by: Credential): string {
  const isChange = method !== "GET";
  if (access.by === "anyone")
    return isChange && by.isFromForeignPage ? `${DENIED} cross_origin_request` : ADMITTED;
  if (access.by === "provider") return by.kind === "provider" ? ADMITTED : "401 UNAUTHORIZED";

  const isKnown = by.kind !== "none" && by.kind !== "provider";
  if (!isKnown || (access.admin && !by.opensAdmin)) return "401 UNAUTHORIZED";
  if (by.isUnverified) return "403 EMAIL_NOT_VERIFIED";
  if (access.session && by.kind !== "session") return `${DENIED} session_required`;
  if (access.permission !== null && !by.permissions.includes(access.permission))
    return `${DENIED} permission_required ${access.permission}`;
  if (by.namesForeignOrganization) return "403 ORGANIZATION_MEMBERSHIP_REQUIRED";
  if (by.kind !== "session") return ADMITTED;
  if (isChange || typeof audits === "string") {
    if (by.isFromForeignPage) return `${DENIED} cross_origin_request`;
    if (by.isFromStaleTab) return `${DENIED} signed_in_as_another`;
  }
  return stepUp && by.isSignedInLongAgo ? `${DENIED} step_up_required` : ADMITTED;
}
