import { log } from "./log";

/** How often a fault that goes on is told. */
const INTERVAL_MS = 60_000;

type Fault = { message: string; since: Date; total: number; untold: number };
const faults = new Map<string, Fault>();

/**
 * Log throttling: tells a fault when it begins, then once a minute how often it came back, and that it is over after a
 * minute without it. A database that is away for an hour leaves sixty lines, however many requests fail.
 * @param cause what makes two faults the same one, such as `read_only`
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

/** @returns whether it goes on */
function tellAgain(cause: string): boolean {
  const fault = faults.get(cause)!;
  const { message, since, total, untold } = fault;
  fault.untold = 0;
  const fields = { cause, since, count: untold, total };
  if (untold > 0) log.error(fields, `again: ${message}`);
  else if (total > 1) log.info(fields, `over: ${message}`);
  return untold > 0;
}
