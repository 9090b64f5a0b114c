import type { Db } from "@/lib/platform/db/client";
import type { Reach } from "@/lib/states/caller";

export type OrganizationName = { id: string; name: string; slug: string };

/**
 * The organizations in reach, by name, to label runs, which only have an id.
 * @param slugs only these; all of them otherwise
 */
export function listOrganizations(
  db: Db,
  reach: Reach,
  slugs?: readonly string[],
): Promise<OrganizationName[]> {
  return db.organization.findMany({
    where: {
      ...(!reach.all && { id: { in: [...reach.orgIds] } }),
      ...(slugs && { slug: { in: [...slugs] } }),
    },
    select: { id: true, name: true, slug: true },
    orderBy: { name: "asc" },
  });
}
