import { queryOptions } from "@tanstack/react-query";
import type { CreateKeyBody, NewApiKey } from "@/lib/contract/keys";
import { callApi } from "./call-api";
import { send } from "./send";

const loadSchemas = () => import("@/lib/contract/keys");
const PATH = "/v1/admin/keys";

/** @returns the key in clear text; the API never shows it again */
export const createKey = (body: CreateKeyBody): Promise<NewApiKey> =>
  send(async () => (await loadSchemas()).NewApiKey, { method: "POST", path: PATH, body });

export type KeyChange = "suspend" | "resume" | "revoke";

/** `transitioned`: this request changed the key. `unchanged`: it was already so. */
export type ChangeKeyResult = { change: KeyChange; outcome: "transitioned" | "unchanged" };

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
