import { env } from "./env";
import type { OidcProvider } from "./oidc-providers";

/** @param id of an identity provider, from a URL or the database */
export const findProvider = (id: string | undefined): OidcProvider | undefined =>
  env().OIDC_PROVIDERS.find((provider) => provider.id === id);

/** The name of a person's identity provider; its id once it is no longer configured. */
export const nameProvider = (id: string): string => findProvider(id)?.name ?? id;
