import type { Prisma } from "@/generated/prisma/client";
import type { OidcProvider } from "@/lib/platform/env/oidc-providers";
import type { RequestContext } from "@/lib/states/audit-entry";
import type { ProviderAccount } from "./read-account";

export type Follow = {
  provider: OidcProvider;
  account: Pick<ProviderAccount, "name" | "email" | "groups">;
  context: RequestContext;
};

/** What a person needs to be compared with their account at the provider. */
export const FOLLOWED = {
  identity: true,
  reach: { select: { orgId: true }, orderBy: { orgId: "asc" } },
} satisfies Prisma.PersonInclude;
export type Followed = Prisma.PersonGetPayload<{ include: typeof FOLLOWED }>;
