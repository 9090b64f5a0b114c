import { Refusal } from "@/lib/platform/errors";
import type { DatabaseFault } from "./is-unavailable";

/** Each fault's message, and the seconds until a retry makes sense. */
const ANSWERS: Record<DatabaseFault, { message: string; retryAfter: number }> = {
  unreachable: { message: "The service can't reach its database. Try again.", retryAfter: 5 },
  read_only: {
    message: "The database is read-only, so nothing was changed. Try again in a minute.",
    retryAfter: 30,
  },
  full: { message: "The database is full, so nothing was changed. Try again later.", retryAfter: 60 },
  busy: { message: "The database is busy, so nothing was changed. Try again.", retryAfter: 5 },
  locked: {
    message: "Another request is changing the same record, so nothing was changed. Try again.",
    retryAfter: 3,
  },
  slow: {
    message: "The request timed out, so nothing was changed. Try again.",
    retryAfter: 5,
  },
  silent: {
    message:
      "The database did not respond in time, so the request may or may not have taken effect. Check before you retry.",
    retryAfter: 5,
  },
};

/** @returns a 503 that names the database's fault, with `Retry-After` */
export function databaseRefusal(fault: DatabaseFault, message = ANSWERS[fault].message): Refusal {
  const headers = { "Retry-After": String(ANSWERS[fault].retryAfter) };
  return new Refusal("SERVICE_UNAVAILABLE", { message, headers, detail: { fault } });
}
