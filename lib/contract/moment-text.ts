import { z } from "zod";
import { MOMENT_FORMS, parseMoment } from "./moment";

const isTime = (text: string): boolean => parseMoment(text)?.isDay === false;

/** A day (`2026-04-01`, meaning its start in UTC) or a time. */
export const Moment = z
  .string()
  .refine((text) => parseMoment(text) !== undefined, `It must be ${MOMENT_FORMS}.`)
  .meta({
    override: {
      anyOf: [
        { type: "string", format: "date" },
        { type: "string", format: "date-time" },
      ],
    },
  });

/** A time (a day alone isn't enough), normalized to UTC. */
export const Instant = z
  .string()
  .overwrite((text) => (isTime(text) ? parseMoment(text)!.iso : text))
  .refine(isTime, `It must be ${MOMENT_FORMS}. A day alone is not enough here.`)
  .meta({ override: { type: "string", format: "date-time" } });
