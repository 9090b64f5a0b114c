import type { Permission } from "@/lib/states/permissions";

/**
 * Why a control is there and can't be used, in the same words everywhere.
 * @param what follows "Your role doesn’t include"
 */
export const explainMissing = (what: string, permission: Permission): string =>
  `Your role doesn’t include ${what}. Ask an admin for the permission ${permission}.`;
