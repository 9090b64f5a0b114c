import { INFERENCE_PERMISSIONS, isPermission, type Permission } from "@/lib/identity/permissions";

/**
 * What a person would have to be allowed to give a key this scope, or to own one that has it. A key reads payloads as they
 * are, which a person has to reveal.
 */
export function powersOf(scope: string): Permission[] {
  if (!isPermission(scope)) return [];
  return scope === "runs.read" ? [scope, "runs.payload.reveal"] : [scope];
}

/** What a customer's key is made of, but for what no member of staff has and every customer's key does: creating runs. */
export const INFERENCE_SCOPES: readonly Permission[] = INFERENCE_PERMISSIONS.filter(
  (permission) => permission !== "runs.create",
);
