import { errors, Issuer } from "openid-client";
import type { OidcProvider } from "@/lib/platform/env/oidc-providers";
import { type ProviderAccount, readAccount, type Claims } from "./read-account";
import { prepareClient, readClaims } from "./read-claims";

/** How long a request waits for the provider, in milliseconds. */
const TIMEOUT_MS = 3_000;

/** The provider no longer vouches for the person: the token was revoked or has expired. */
export class Unvouched extends Error {
  override name = "Unvouched";
}

type Refreshed = { account: ProviderAccount; refreshToken: string };

/**
 * Asks the provider for the person's current account.
 * @throws Unvouched; any other error means that the provider could not be asked
 */
export async function refreshAccount(
  provider: OidcProvider,
  refreshToken: string,
  subject: string,
): Promise<Refreshed> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`no answer within ${TIMEOUT_MS} ms`)), TIMEOUT_MS);
  try {
    return await Promise.race([refresh(provider, refreshToken, subject), promise]);
  } finally {
    clearTimeout(timer);
  }
}

async function refresh(provider: OidcProvider, refreshToken: string, subject: string): Promise<Refreshed> {
  const issuer = await Issuer.discover(provider.issuer);
  const client = prepareClient(
    new issuer.Client({
      client_id: provider.client_id,
      client_secret: provider.client_secret,
      id_token_signed_response_alg: provider.signing_alg,
    }),
    provider,
  );
  const tokens = await client.refresh(refreshToken).catch((error: unknown) => {
    if (error instanceof errors.OPError && error.error === "invalid_grant")
      throw new Unvouched(error.message);
    throw error;
  });
  const claims = tokens.id_token
    ? await readClaims(client, tokens, provider)
    : await client.userinfo<Claims>(tokens);
  if (claims.sub !== subject) throw new Unvouched("the provider answered for another account");
  return { account: readAccount(provider, claims), refreshToken: tokens.refresh_token ?? refreshToken };
}
