import type { Reach } from "@/lib/states/caller";

/** For Prisma's `where` on a model with an `orgId`: what lies in a reach. */
export const orgInReach = (reach: Reach): { orgId?: { in: string[] } } =>
  reach.all ? {} : { orgId: { in: [...reach.orgIds] } };
