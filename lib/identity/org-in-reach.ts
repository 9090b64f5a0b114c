import type { Reach } from "@/lib/states/caller";

/** Prisma's `where` for a model with an `orgId` in reach. */
export const orgInReach = (reach: Reach): { orgId?: { in: string[] } } =>
  reach.all ? {} : { orgId: { in: [...reach.orgIds] } };
