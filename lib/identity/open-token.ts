import { decode, type JWT } from "next-auth/jwt";
import { env } from "@/lib/platform/env/env";
import { listSecrets } from "@/lib/platform/env/secrets";

/**
 * Opens a token that next-auth sealed with one of our secrets.
 * @param salt the cookie's name, for all but the session's
 * @returns undefined for a foreign, changed or expired token
 */
export async function openToken(
  token: string,
  salt?: string,
): Promise<{ claims: JWT; secret: string } | undefined> {
  for (const secret of listSecrets(env().NEXTAUTH_SECRET)) {
    const claims = await decode({ token, secret, ...(salt !== undefined && { salt }) }).catch(() => null);
    if (claims) return { claims, secret };
  }
  return undefined;
}
