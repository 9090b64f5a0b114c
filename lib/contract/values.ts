import { z } from "zod";
import { isRawNumber } from "@/lib/platform/json/json";

/** A uuid in lower case, as the API writes it. */
export const Uuid = z.guid().meta({ format: "uuid" });

/** `2026-05-23T10:42:11.000+00:00`: milliseconds and an offset, never `Z`. */
export const Timestamp = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00$/)
  .meta({ format: "date-time", example: "2026-05-23T10:42:11.000+00:00" });

/** US dollars as a decimal string; money is never a float. */
export const Money = z
  .string()
  .regex(/^\d+(\.\d+)?$/)
  .meta({ example: "0.27" });

/**
 * The parsed JSON object itself. A schema that copies would drop a key named `__proto__`, and would take a
 * number kept as raw text for an object.
 */
export const JsonObject = z
  .custom<Record<string, unknown>>()
  .meta({ override: { type: "object", additionalProperties: true } })
  .check(({ value, issues }) => {
    const isObject =
      typeof value === "object" && value !== null && !Array.isArray(value) && !isRawNumber(value);
    if (!isObject) issues.push({ code: "invalid_type", expected: "object", input: value });
  });

export const formatTimestamp = (time: Date): string => time.toISOString().replace("Z", "+00:00");

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** @returns the id in lower case, or undefined for anything but a hyphenated uuid; case doesn't matter */
export function parseUuid(text: string): string | undefined {
  const id = text.toLowerCase();
  return UUID.test(id) ? id : undefined;
}
