import { type Client, custom, type TokenSet } from "openid-client";
import type { OidcProvider } from "@/lib/platform/env/oidc-providers";
import type { Claims } from "./read-account";

/** How far the provider's clock may be off. */
export const CLOCK_TOLERANCE_SECONDS = 180;

/**
 * Completes a discovered client: our clock tolerance, and the configured issuer, because discovery accepts
 * whichever one the document names.
 */
export function prepareClient(client: Client, { issuer }: OidcProvider): Client {
  if (client.issuer.metadata.issuer !== issuer)
    throw new TypeError(`the provider's issuer is not the configured one, ${issuer}`);
  client[custom.clock_tolerance] = CLOCK_TOLERANCE_SECONDS;
  return client;
}

/**
 * The claims of an ID token that was just issued, completed by the userinfo endpoint: many providers send
 * email and groups only there.
 */
export async function readClaims(
  client: Client,
  tokens: TokenSet,
  { groups_claim }: OidcProvider,
): Promise<Claims> {
  const claims = tokens.claims();
  // A token from long ago or from the future was not issued for this sign-in.
  if (Math.abs(Date.now() / 1000 - claims.iat) > CLOCK_TOLERANCE_SECONDS)
    throw new TypeError(`the provider's clock is off by more than ${CLOCK_TOLERANCE_SECONDS} s`);
  const isComplete = claims["email"] !== undefined && claims[groups_claim] !== undefined;
  if (isComplete || client.issuer.metadata.userinfo_endpoint === undefined) return claims;
  return { ...(await client.userinfo(tokens)), ...claims };
}
