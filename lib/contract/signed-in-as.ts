/**
 * Stale-tab protection: each request of a page names the person for whom it was rendered, because someone
 * else may have signed in to the browser since. A change must not be attributed to a person who didn't see
 * the page.
 */
export const SIGNED_IN_AS_HEADER = "Runflow-Signed-In-As";

/** The `<meta>` with that person's id. */
export const SIGNED_IN_AS_META = "signed-in-as";
