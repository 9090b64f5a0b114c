import { invalid } from "@/lib/platform/errors";
import type { Reach } from "@/lib/states/caller";

/**
 * The organization that a request is about when it names none in its path: the caller's only one, or the one that
 * `X-Organization-Id` has narrowed the reach to.
 * @throws Refusal VALIDATION_ERROR at that header when there are several
 */
export function oneOrganization(reach: Reach): string {
  const [orgId, ...others] = reach.all ? [] : reach.orgIds;
  if (orgId !== undefined && others.length === 0) return orgId;
  const msg = "Name the organization in X-Organization-Id: you reach several.";
  throw invalid(["header", "x-organization-id"], "missing", msg);
}
