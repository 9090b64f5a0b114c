import type { JoinFailure } from "./join-person";

/** Why a sign-in with an identity provider failed. `invalid`: its answer didn't pass the checks. */
export type ProviderFailure =
  JoinFailure | "too_many" | "groups_missing" | "unreachable" | "denied" | "invalid" | "unavailable";

/** @param error of openid-client */
export const explainFailure = (error: unknown): ProviderFailure =>
  isUnreachable(error) ? "unreachable" : "invalid";

/** Whether the provider did not answer, or answered that it can't right now. */
export function isUnreachable(error: unknown): boolean {
  const { code, message, response } = error as NodeJS.ErrnoException & {
    response?: { statusCode?: number };
  };
  return (
    (typeof code === "string" && /^E(?!RR_)[A-Z_]+$/.test(code)) ||
    message.startsWith("outgoing request timed out") ||
    (response?.statusCode ?? 0) >= 500
  );
}
