import type { ErrorEnvelope, ErrorItem } from "@/lib/contract/errors";

const isItem = (value: unknown): value is ErrorItem => {
  const { type, loc, msg } = (value ?? {}) as Record<string, unknown>;
  return typeof type === "string" && Array.isArray(loc) && typeof msg === "string";
};

/**
 * Parses an error envelope without zod. The schema lives in a late chunk, which disappears with a deployment,
 * and a refusal's message must not depend on it.
 * @returns undefined for anything else, such as a proxy's own error page
 */
export function readEnvelope(json: unknown): ErrorEnvelope | undefined {
  const { code, message, errors } = (json ?? {}) as Record<string, unknown>;
  if (typeof code !== "string" || typeof message !== "string") return undefined;
  if (errors !== null && !(Array.isArray(errors) && errors.every(isItem))) return undefined;
  return { code, message, errors };
}
