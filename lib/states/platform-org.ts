/** Stands where an organization's id is asked for and the matter is nobody's but the platform's own. */
export const PLATFORM_ORG_ID = "00000000-0000-0000-0000-000000000000";
