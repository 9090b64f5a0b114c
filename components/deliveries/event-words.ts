import { EVENT_TYPES, type EventType } from "@/lib/states/delivery";

/** Completes "when a run …". */
export const EVENT_WORDS: Record<EventType, string> = {
  "run.completed": "succeeds",
  "run.failed": "fails",
  "run.cancelled": "is canceled",
  "run.partial_succeeded": "partly succeeds",
};

/** @returns "succeeds, fails", or "ends" for all events */
export const describeEvents = (types: readonly EventType[]): string =>
  types.length === EVENT_TYPES.length ? "ends" : types.map((type) => EVENT_WORDS[type]).join(", ");
