/**
 * Stale-tab protection: every request names the person for whom its page was rendered, because someone else
 * may have signed in to this browser since. Without it, a change could be attributed to a person who never
 * saw the page.
 */
export const SIGNED_IN_AS_HEADER = "Runflow-Signed-In-As";

/** Name of the `<meta>` with that person's id. */
export const SIGNED_IN_AS_META = "signed-in-as";
