import { Refusal } from "@/lib/platform/errors";
import type { DatabaseFault } from "./is-unavailable";

/** What is true of each fault, and when to try again, in seconds. */
const ANSWERS: Record<DatabaseFault, { message: string; retryAfter: number }> = {
  unreachable: { message: "The service can't reach its database right now; try again.", retryAfter: 5 },
  read_only: {
    message: "The database is read-only right now; nothing was changed. Try again in a minute.",
    retryAfter: 30,
  },
  full: { message: "The database is full; nothing was changed. Try again later.", retryAfter: 60 },
  busy: { message: "The database is busy; nothing was changed. Try again.", retryAfter: 5 },
  locked: {
    message: "Another request is changing the same record; nothing was changed. Try again.",
    retryAfter: 3,
  },
  slow: {
    message: "The request timed out; nothing was changed. Try again.",
    retryAfter: 5,
  },
  silent: {
    message:
      "The database did not answer in time, so the request may or may not have taken effect. Check before you try again.",
    retryAfter: 5,
  },
};

/** @returns the 503 that says what is wrong with the database, with `Retry-After` */
export function databaseRefusal(fault: DatabaseFault, message = ANSWERS[fault].message): Refusal {
  const headers = { "Retry-After": String(ANSWERS[fault].retryAfter) };
  return new Refusal("SERVICE_UNAVAILABLE", { message, headers, detail: { fault } });
}
