import { z } from "zod";
import type { ErrorItem } from "@/lib/contract/errors";
import { explainUnstorable } from "@/lib/contract/storable-text";
import { JsonObject } from "@/lib/contract/values";

/**
 * Finds texts that PostgreSQL can't store. Runs on every query and body before their schemas, so that no
 * operation can forget it. A customer's own objects may contain any JSON text, because they are stored as
 * JSON.
 */
export function findUnstorable(schema: z.ZodType, value: unknown, origin: string): ErrorItem[] {
  const found: ErrorItem[] = [];
  const walk = (part: unknown, loc: ErrorItem["loc"]) => {
    if (typeof part === "string") {
      const problem = explainUnstorable(part);
      if (problem) found.push({ ...problem, loc });
    } else if (typeof part === "object" && part !== null) {
      for (const [name, inner] of Object.entries(part))
        walk(inner, [...loc, Array.isArray(part) ? Number(name) : name]);
    }
  };
  if (typeof value !== "object" || value === null) walk(value, [origin]);
  else {
    const foreign = foreignFields(schema);
    for (const [name, inner] of Object.entries(value))
      if (!foreign.has(name)) walk(inner, [origin, Array.isArray(value) ? Number(name) : name]);
  }
  return found;
}

const known = new WeakMap<z.ZodType, ReadonlySet<string>>();

/** The fields of a body that hold a customer's own JSON. */
function foreignFields(schema: z.ZodType): ReadonlySet<string> {
  let fields = known.get(schema);
  if (!fields) {
    const object = unwrap(schema);
    const shape = object instanceof z.ZodObject ? Object.entries(object.shape) : [];
    fields = new Set(shape.flatMap(([name, field]) => (unwrap(field) === JsonObject ? [name] : [])));
    known.set(schema, fields);
  }
  return fields;
}

const unwrap = (schema: unknown): unknown =>
  schema instanceof z.ZodOptional || schema instanceof z.ZodNullable ? unwrap(schema.unwrap()) : schema;
