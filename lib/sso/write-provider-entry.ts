import { writeEntry } from "@/lib/audit/trail/write-entry";
import type { Db } from "@/lib/platform/db/client";
import type { OidcProvider } from "@/lib/platform/env/oidc-providers";
import type { RequestContext } from "@/lib/states/audit-entry";
import { PLATFORM_ORG_ID } from "@/lib/states/platform-org";
import { actorOfProvider } from "./provider-actor";

type ProviderEntry = {
  provider: OidcProvider;
  context: RequestContext;
  action: "person.provisioned" | "person.updated" | "person.enabled";
  person: { id: string; email: string };
  meta: Record<string, unknown>;
};

/** Writes the entry of a change to a person that their identity provider causes. */
export const writeProviderEntry = (
  tx: Db,
  { provider, context, action, person: { id, email }, meta }: ProviderEntry,
): Promise<Date> =>
  writeEntry(tx, {
    caller: { actor: actorOfProvider(provider) },
    context,
    orgId: PLATFORM_ORG_ID,
    action,
    target: { type: "person", id, label: email },
    meta: { ...meta, provider: provider.id },
  });
