import { findDatabaseFault } from "@/lib/platform/db/is-unavailable";
import { Refusal } from "@/lib/platform/errors";
import { log } from "@/lib/platform/log";
import { logFault } from "@/lib/platform/log-fault";

/**
 * Logs every fault of the code with its stack, and faults of the database, which all requests share, once a
 * minute.
 */
export function logFailure(error: unknown, fields: Record<string, unknown>): void {
  const fault = error instanceof Refusal ? error.options.detail?.["fault"] : findDatabaseFault(error);
  if (typeof fault === "string")
    logFault(`requests: ${fault}`, `requests fail: database ${fault}`, error, fields);
  else log.error({ err: error, ...fields }, "request failed");
}
