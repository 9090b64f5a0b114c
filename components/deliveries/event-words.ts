import { EVENT_TYPES, type EventType } from "@/lib/states/delivery";

/** Completes "Run …". */
export const EVENT_WORDS: Record<EventType, string> = {
  "run.completed": "succeeded",
  "run.failed": "failed",
  "run.cancelled": "canceled",
  "run.partial_succeeded": "partly succeeded",
};

/** @returns "Run failed, canceled", or "Every ended run" */
export const describeEvents = (types: readonly EventType[]): string =>
  types.length === EVENT_TYPES.length
    ? "Every ended run"
    : `Run ${types.map((type) => EVENT_WORDS[type]).join(", ")}`;
