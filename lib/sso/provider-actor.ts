import type { OidcProvider } from "@/lib/platform/env/oidc-providers";
import type { ActorSnapshot } from "@/lib/states/audit-entry";
import { PLATFORM_ORG_ID } from "@/lib/states/platform-org";

/** The actor of the changes that an identity provider causes. */
export const actorOfProvider = ({ name }: Pick<OidcProvider, "name">): ActorSnapshot => ({
  type: "system",
  id: PLATFORM_ORG_ID,
  name: `Identity provider ${name}`,
  email: null,
  role: null,
  keyPrefix: null,
});
