import fc from "fast-check";

export type Schema = {
  $ref?: string;
  type?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  pattern?: string;
  format?: string;
};
type Resolve = (reference: string) => Schema;

/** A placeholder for an id that exists, replaced when the request is sent, so that a seed means the same. */
export const anyId = fc.nat(200).map((index) => `«id ${index}»`);

/** The same for a cursor of an earlier page, which may be of another list or order. */
export const anyCursor = fc.nat(50).map((index) => `«cursor ${index}»`);

/** Numbers that JavaScript can't hold, for `fill` to put into the JSON text. */
const rawNumbers = ["1e400", "-0", "1.0", "12345678901234567890", "0.1e-7"].map((text) => `«raw ${text}»`);

const anyTime = fc
  .date({ min: new Date("2020-01-01"), max: new Date("2030-01-01"), noInvalidDate: true })
  .map((date) => date.toISOString());

/** Any value that a schema of the OpenAPI document allows, as far as the schema says. */
export function anyValueOf(schema: Schema, resolve: Resolve): fc.Arbitrary<unknown> {
  const of = (inner: Schema) => anyValueOf(inner, resolve);
  if (schema.$ref !== undefined) return of(resolve(schema.$ref));
  if ("const" in schema) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const branches = schema.oneOf ?? schema.anyOf;
  if (branches) return fc.oneof(...branches.map(of));
  switch (schema.type) {
    case "object":
      return anyObjectOf(schema, of);
    case "array": {
      const { minItems: minLength = 0, maxItems = 4, items = {} } = schema;
      return fc.array(of(items), { minLength, maxLength: Math.max(minLength, Math.min(maxItems, 4)) });
    }
    case "string":
      return anyTextOf(schema);
    case "integer":
      return fc.integer({ min: schema.minimum ?? -1_000_000, max: schema.maximum ?? 1_000_000 });
    case "number":
      return fc
        .integer({ min: (schema.minimum ?? 0) * 10, max: (schema.maximum ?? 1_000) * 10 })
        .map((tenths) => tenths / 10);
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    default:
      return fc.jsonValue();
  }
}

function anyObjectOf(
  { properties = {}, required = [] }: Schema,
  of: (schema: Schema) => fc.Arbitrary<unknown>,
) {
  const names = Object.keys(properties);
  if (names.length === 0) return fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 });
  const fields = Object.fromEntries(names.map((name) => [name, of(properties[name]!)]));
  return fc.record(fields, { requiredKeys: required });
}

function anyTextOf({ format, pattern, minLength = 0, maxLength = 200 }: Schema): fc.Arbitrary<string> {
  if (format === "uuid") return fc.oneof({ weight: 4, arbitrary: anyId }, fc.uuid());
  if (format === "date-time") return anyTime;
  if (format === "date") return anyTime.map((time) => time.slice(0, 10));
  if (format === "uri") return fc.webUrl();
  if (format === "email") return fc.emailAddress();
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern));
  return fc.string({ unit: "grapheme", minLength, maxLength: Math.max(minLength, Math.min(maxLength, 600)) });
}

/** Texts that parsers, databases and pages have tripped over. */
export const hostileText = fc.oneof(
  fc.constantFrom(
    "",
    " ",
    "\0",
    "\ud800",
    "\u202e",
    "\ufeff",
    "%",
    "%00",
    "'",
    '"',
    "\\",
    "$1",
    "{}",
    "null",
  ),
  fc.constantFrom(
    "__proto__",
    "constructor",
    "toString",
    "-1",
    "0",
    "1e400",
    "9".repeat(40),
    "NaN",
    "x".repeat(2_000),
  ),
  fc.constantFrom(
    "2026-02-30",
    "2026-11-30T10:00:00",
    "'; DROP TABLE runs; --",
    "<script>alert(1)</script>",
    "../../x",
  ),
  fc.string({ unit: "binary", maxLength: 30 }),
  anyId,
  anyTime,
);

const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)]);

export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(null, true, 0, -1, 0.1, 1e21, Number.MAX_SAFE_INTEGER + 1, [], {}, [null], nested(40)),
  fc.constantFrom(...rawNumbers),
  hostileText,
  fc.jsonValue({ maxDepth: 2 }),
);
