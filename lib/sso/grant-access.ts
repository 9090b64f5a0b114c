import type { PersonReach } from "@/lib/contract/people";
import type { Db } from "@/lib/platform/db/client";
import type { AccessRule } from "@/lib/platform/env/oidc-providers";
import { log } from "@/lib/platform/log";
import type { Role } from "@/lib/states/permissions";

export type Access = { role: Role; reach: PersonReach };

/** The roles from the lowest to the highest. */
const RANKS: readonly Role[] = ["support", "auditor", "admin"];

/**
 * The access that someone's groups give them: the highest role and the union of the organizations.
 * @returns undefined if no rule matches, or if none of its organizations exists
 */
export async function grantAccess(
  db: Db,
  rules: readonly AccessRule[],
  groups: readonly string[],
): Promise<Access | undefined> {
  const matching = rules.filter(({ group }) => groups.includes(group));
  if (matching.length === 0) return undefined;
  const role = RANKS.findLast((rank) => matching.some((rule) => rule.role === rank))!;
  if (matching.some(({ organizations }) => organizations === "all"))
    return { role, reach: { all: true, org_ids: null } };
  const slugs = [...new Set(matching.flatMap(({ organizations }) => organizations))];
  const found = await db.organization.findMany({
    where: { slug: { in: slugs } },
    select: { id: true, slug: true },
  });
  if (found.length < slugs.length) {
    const unknown = slugs.filter((slug) => found.every((each) => each.slug !== slug));
    log.warn({ unknown }, "OIDC_PROVIDERS names organizations that don't exist");
  }
  if (found.length === 0) return undefined;
  return { role, reach: { all: false, org_ids: found.map(({ id }) => id).toSorted() } };
}
