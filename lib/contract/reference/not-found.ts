import type { ErrorCode } from "../errors";
import type { Operation } from "../operation";

/** The 404 of each resource, by the end of the path up to its identifier. Longer paths come first. */
const BY_PATH: readonly [RegExp, readonly ErrorCode[]][] = [
  [/\/auth\/password$/, ["PASSWORD_LINK_NOT_FOUND"]],
  [/\/auth\/key-claims$/, ["KEY_LINK_NOT_FOUND"]],
  [/\/auth\/factors\/\{/, ["FACTOR_NOT_FOUND"]],
  [/\/auth\/sessions\/\{/, ["SESSION_NOT_FOUND"]],
  [/\/webhooks\/\{id\}\/deliveries\/\{/, ["DELIVERY_NOT_FOUND"]],
  [/\/webhooks\/\{/, ["WEBHOOK_NOT_FOUND"]],
  [/\/callback-secrets\/\{/, ["CALLBACK_SECRET_NOT_FOUND"]],
  [/\/models\/\{/, ["MODEL_NOT_FOUND"]],
  [/\/runs\/\{/, ["RUN_NOT_FOUND"]],
  [/\/cancellation-batches\/\{/, ["CANCELLATION_BATCH_NOT_FOUND"]],
  [/\/approvals\/\{/, ["APPROVAL_NOT_FOUND"]],
  [/\/approvals$/, ["RUN_NOT_FOUND", "CANCELLATION_BATCH_NOT_FOUND", "ORGANIZATION_NOT_FOUND"]],
  [/\/audit-log\/\{/, ["AUDIT_ENTRY_NOT_FOUND"]],
  [/\/keys\/\{/, ["KEY_NOT_FOUND"]],
  [/\/people\/\{/, ["PERSON_NOT_FOUND"]],
  [/\/organizations\/\{/, ["ORGANIZATION_NOT_FOUND"]],
  [/\/views\/\{/, ["VIEW_NOT_FOUND"]],
  [/\/jobs\/\{/, ["JOB_NOT_FOUND"]],
];

/** An operation's possible 404 codes: of its resource, and of the replay of a stored response. */
export function notFoundCodes({ path, idempotent }: Operation): readonly ErrorCode[] {
  const codes = BY_PATH.find(([pattern]) => pattern.test(path))?.[1] ?? [];
  const replayed = idempotent && "notFound" in idempotent ? [idempotent.notFound] : [];
  return [...new Set([...codes, ...replayed])];
}
