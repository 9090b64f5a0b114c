import { Email, PersonName } from "@/lib/contract/people";
import type { OidcProvider } from "@/lib/platform/env/oidc-providers";

/** The claims of a verified ID token, completed by the userinfo endpoint. */
export type Claims = Record<string, unknown> & { sub: string };

/** A person as their identity provider describes them. */
export type ProviderAccount = {
  subject: string;
  name: string;
  /** Absent unless the provider verified it. */
  email: string | undefined;
  groups: readonly string[];
  /** When they last proved who they are there; absent if the provider sends no `auth_time`. */
  authenticatedAt?: Date;
};

/** The provider names the groups elsewhere, so nobody knows here who is in them. */
export class GroupsMissing extends Error {
  override name = "GroupsMissing";
}

/** @throws GroupsMissing when the groups are too many for the token */
export function readAccount(provider: OidcProvider, claims: Claims): ProviderAccount {
  const email = readEmail(provider, claims);
  const names = [claims["name"], claims["preferred_username"], email, claims.sub];
  const name = names.map((each) => PersonName.safeParse(each)).find(({ success }) => success)?.data;
  const authTime = claims["auth_time"];
  return {
    subject: claims.sub,
    name: name ?? provider.name,
    email,
    groups: readGroups(provider, claims),
    ...(typeof authTime === "number" && { authenticatedAt: new Date(authTime * 1000) }),
  };
}

function readEmail({ trust_email }: OidcProvider, claims: Claims): string | undefined {
  // Some providers send the text "true".
  const isVerified = trust_email || String(claims["email_verified"]) === "true";
  return isVerified ? Email.safeParse(claims["email"]).data : undefined;
}

function readGroups({ groups_claim }: OidcProvider, claims: Claims): string[] {
  const groups = claims[groups_claim];
  const elsewhere = claims["_claim_names"];
  if (
    groups === undefined &&
    typeof elsewhere === "object" &&
    elsewhere !== null &&
    groups_claim in elsewhere
  )
    throw new GroupsMissing(`the claim ${groups_claim} is not in the token`);
  return [groups].flat().filter((group) => typeof group === "string");
}
