import { findDatabaseFault } from "@/lib/platform/db/is-unavailable";
import { Refusal } from "@/lib/platform/errors";
import { log } from "@/lib/platform/log";
import { logFault } from "@/lib/platform/log-fault";

/**
 * Logs every program fault with its stack; throttles database faults, which all requests share, to once a
 * minute.
 */
export function logFailure(error: unknown, fields: Record<string, unknown>): void {
  const fault = error instanceof Refusal ? error.options.detail?.["fault"] : findDatabaseFault(error);
  if (typeof fault === "string")
    logFault(`requests: ${fault}`, `requests fail: database ${fault}`, error, fields);
  else log.error({ err: error, ...fields }, "request failed");
}
