import { queryOptions } from "@tanstack/react-query";
import type { ApiKey, CreateKeyBody, NewApiKey } from "@/lib/contract/keys";
import { callApi } from "./call-api";
import { send } from "./send";

const loadSchemas = () => import("@/lib/contract/keys");
const PATH = "/v1/admin/keys";

/** @returns the key in clear text; the API never shows it again */
export const createKey = (body: CreateKeyBody): Promise<NewApiKey> =>
  send(async () => (await loadSchemas()).NewApiKey, { method: "POST", path: PATH, body });

/** `transitioned`: this request revoked the key. `unchanged`: it was already revoked. */
export type RevokeKeyResult = { outcome: "transitioned" | "unchanged"; key: ApiKey };

/**
 * The people who can own a new key.
 * @param orgId the customer of an inference key; null for staff
 */
export const keyOwnersOptions = (orgId: string | null) =>
  queryOptions({
    queryKey: ["key-owners", orgId],
    queryFn: async ({ signal }) => {
      const { KeyOwners } = await loadSchemas();
      const query = orgId === null ? "" : `?${new URLSearchParams({ org_id: orgId })}`;
      return (await callApi(KeyOwners, `${PATH}/owners${query}`, { signal })).data.items;
    },
    staleTime: 10_000,
  });
