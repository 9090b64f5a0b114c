import type { Db } from "@/lib/platform/db/client";
import type { Reach } from "@/lib/states/caller";
import type { OrganizationName } from "./list-organizations";

type Wanted = { ids: readonly string[] } | { slugs: readonly string[] };

/**
 * Finds the names of the given organizations that are in reach, for records that only have an id or a slug.
 */
export async function nameOrganizations(db: Db, reach: Reach, wanted: Wanted): Promise<OrganizationName[]> {
  const [column, values] =
    "ids" in wanted ? (["id", wanted.ids] as const) : (["slug", wanted.slugs] as const);
  if (values.length === 0) return [];
  return db.organization.findMany({
    where: {
      AND: [{ [column]: { in: [...new Set(values)] } }, reach.all ? {} : { id: { in: [...reach.orgIds] } }],
    },
    select: { id: true, name: true, slug: true },
    orderBy: { name: "asc" },
  });
}
