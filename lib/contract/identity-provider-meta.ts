/** The page's `<meta>` with the identity provider of the signed-in person: its id, a space and its name. */
export const IDENTITY_PROVIDER_META = "runflow-identity-provider";
