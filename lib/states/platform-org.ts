/** Used as the organization's id for matters of the platform itself. */
export const PLATFORM_ORG_ID = "00000000-0000-0000-0000-000000000000";
