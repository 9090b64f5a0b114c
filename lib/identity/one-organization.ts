import { invalid } from "@/lib/platform/errors";
import type { Reach } from "@/lib/states/caller";

/**
 * The organization of a request that names none in its path: the caller's only one, or the one in
 * `X-Organization-Id`.
 * @throws Refusal VALIDATION_ERROR at that header when there are several
 */
export function oneOrganization(reach: Reach): string {
  const [orgId, ...others] = reach.all ? [] : reach.orgIds;
  if (orgId !== undefined && others.length === 0) return orgId;
  const msg = "You can access several organizations; set X-Organization-Id.";
  throw invalid(["header", "x-organization-id"], "missing", msg);
}
