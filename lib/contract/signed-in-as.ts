/**
 * The person for whom a page of the console was made. The page says so with what it asks for, since by then somebody else
 * may have signed in in the same browser: a change must not be put down to another than the one who reads the page.
 */
export const SIGNED_IN_AS_HEADER = "Runflow-Signed-In-As";

/** The name of the page's own `<meta>` that holds the person's id. */
export const SIGNED_IN_AS_META = "signed-in-as";
