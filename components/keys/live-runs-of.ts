import { NON_TERMINAL_STATUSES } from "@/lib/states/run";

/** The expression that finds a key's runs that have not ended. */
export const liveRunsOf = (keyId: string): string =>
  `api_key_id:${keyId} AND (${NON_TERMINAL_STATUSES.map((status) => `status_code:${status}`).join(" OR ")})`;
