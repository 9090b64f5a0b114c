import { log } from "./log";

/** How often a lasting fault is logged. */
const INTERVAL_MS = 60_000;

type Fault = { message: string; since: Date; total: number; untold: number };
const faults = new Map<string, Fault>();

/**
 * Log throttling: logs a fault when it begins, then once a minute with its count, and its end after a minute
 * without it. An hour-long database outage leaves sixty lines, however many requests fail.
 * @param cause identifies the fault, such as `read_only`
 */
export function logFault(
  cause: string,
  message: string,
  error: unknown,
  fields: Record<string, unknown> = {},
): void {
  const known = faults.get(cause);
  if (known) {
    known.total++;
    known.untold++;
    return;
  }
  faults.set(cause, { message, since: new Date(), total: 1, untold: 0 });
  log.error({ cause, err: error, ...fields }, message);
  const timer = setInterval(() => {
    if (tellAgain(cause)) return;
    clearInterval(timer);
    faults.delete(cause);
  }, INTERVAL_MS).unref();
}

/** @returns whether the fault continues */
function tellAgain(cause: string): boolean {
  const fault = faults.get(cause)!;
  const { message, since, total, untold } = fault;
  fault.untold = 0;
  const fields = { cause, since, count: untold, total };
  if (untold > 0) log.error(fields, `again: ${message}`);
  else if (total > 1) log.info(fields, `over: ${message}`);
  return untold > 0;
}
