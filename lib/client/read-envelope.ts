import type { ErrorEnvelope, ErrorItem } from "@/lib/contract/errors";

const isItem = (value: unknown): value is ErrorItem => {
  const { type, loc, msg } = (value ?? {}) as Record<string, unknown>;
  return typeof type === "string" && Array.isArray(loc) && typeof msg === "string";
};

/**
 * Reads an error's envelope by hand. Its schema would come in a late chunk, which is gone after a deployment: the words of a
 * refusal must not depend on it.
 * @returns undefined for anything else, such as a proxy's own page
 */
export function readEnvelope(json: unknown): ErrorEnvelope | undefined {
  const { code, message, errors } = (json ?? {}) as Record<string, unknown>;
  if (typeof code !== "string" || typeof message !== "string") return undefined;
  if (errors !== null && !(Array.isArray(errors) && errors.every(isItem))) return undefined;
  return { code, message, errors };
}
