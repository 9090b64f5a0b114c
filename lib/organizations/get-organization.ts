import type { Organization } from "@/lib/contract/organizations";
import type { Organization as OrganizationRow } from "@/generated/prisma/client";
import { formatTimestamp, parseUuid } from "@/lib/contract/values";
import type { Db } from "@/lib/platform/db/client";
import { Refusal } from "@/lib/platform/errors";
import { type Reach, reaches } from "@/lib/states/caller";

/** @throws Refusal ORGANIZATION_NOT_FOUND, missing and out of reach alike */
export async function getOrganization(db: Db, reach: Reach, organizationId: string): Promise<Organization> {
  const id = parseUuid(organizationId);
  const found =
    id !== undefined && reaches(reach, id) ? await db.organization.findUnique({ where: { id } }) : null;
  if (!found) throw new Refusal("ORGANIZATION_NOT_FOUND");
  return toOrganization(found);
}

type Row = Pick<OrganizationRow, "id" | "slug" | "name" | "isProtected" | "createdAt">;

export const toOrganization = ({ id, slug, name, isProtected, createdAt }: Row): Organization => ({
  id,
  slug,
  name,
  is_protected: isProtected,
  created_at: formatTimestamp(createdAt),
});
