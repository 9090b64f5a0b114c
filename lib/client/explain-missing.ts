import type { Permission } from "@/lib/states/permissions";

/**
 * Explains why a control is disabled, in the same words everywhere.
 * @param what the text after "Your role doesn’t include"
 */
export const explainMissing = (what: string, permission: Permission): string =>
  `Your role doesn’t include ${what}. Ask an admin for the permission ${permission}.`;
