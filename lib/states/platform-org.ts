/** The organization id of entries about the platform itself. */
export const PLATFORM_ORG_ID = "00000000-0000-0000-0000-000000000000";
