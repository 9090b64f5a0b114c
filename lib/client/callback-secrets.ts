import type { CallbackSecret, NewCallbackSecret } from "@/lib/contract/callback-secrets";
import { send } from "./send";

const loadSchemas = () => import("@/lib/contract/callback-secrets");
const PATH = "/v1/callback-secrets";

/** @returns the secret in clear text; the API never shows it again */
export const createCallbackSecret = (orgId: string): Promise<NewCallbackSecret> =>
  send(async () => (await loadSchemas()).NewCallbackSecret, { method: "POST", path: PATH, orgId });

export const promoteCallbackSecret = (id: string): Promise<CallbackSecret> =>
  send(async () => (await loadSchemas()).CallbackSecret, { method: "POST", path: `${PATH}/${id}/promotion` });

export const disableCallbackSecret = (id: string): Promise<CallbackSecret> =>
  send(async () => (await loadSchemas()).CallbackSecret, {
    method: "POST",
    path: `${PATH}/${id}/disablement`,
  });
