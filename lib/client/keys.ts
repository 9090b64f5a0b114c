import { queryOptions } from "@tanstack/react-query";
import type {
  ClaimedApiKey,
  ClaimKeyBody,
  CreateKeyBody,
  NewApiKey,
  PendingApiKey,
  RotationBody,
} from "@/lib/contract/keys";
import { callApi } from "./call-api";
import { send } from "./send";

const loadSchemas = () => import("@/lib/contract/keys");
const PATH = "/v1/admin/keys";

/** @returns the key in clear text; the API never shows it again */
export const createKey = (body: CreateKeyBody): Promise<NewApiKey> =>
  send(async () => (await loadSchemas()).NewApiKey, { method: "POST", path: PATH, body });

/** @returns the new key in clear text; the API never shows it again */
export const rotateKey = (id: string, body: RotationBody): Promise<NewApiKey> =>
  send(async () => (await loadSchemas()).NewApiKey, { method: "POST", path: `${PATH}/${id}/rotation`, body });

export type KeyChange = "suspend" | "resume" | "revoke";

/** `transitioned`: this request changed the key. `unchanged`: it was already so. */
export type ChangeKeyResult = { change: KeyChange; outcome: "transitioned" | "unchanged" };

/**
 * The people who can own a new inference key.
 * @param orgId its customer
 */
export const keyOwnersOptions = (orgId: string) =>
  queryOptions({
    queryKey: ["key-owners", orgId],
    queryFn: async ({ signal }) => {
      const { KeyOwners } = await loadSchemas();
      const query = new URLSearchParams({ org_id: orgId });
      return (await callApi(KeyOwners, `${PATH}/owners?${query}`, { signal })).data.items;
    },
    staleTime: 10_000,
  });

/** @returns the key, with a new link that is never shown again */
export const createKeyLink = (id: string): Promise<PendingApiKey> =>
  send(async () => (await loadSchemas()).PendingApiKey, { method: "POST", path: `${PATH}/${id}/claim-link` });

/** @returns the key in clear text, for the holder of its link */
export const claimKey = (body: ClaimKeyBody): Promise<ClaimedApiKey> =>
  send(async () => (await loadSchemas()).ClaimedApiKey, {
    method: "POST",
    path: "/v1/auth/key-claims",
    body,
  });
