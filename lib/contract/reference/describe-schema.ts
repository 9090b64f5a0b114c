import type { Schema, Schemas } from "./document";

/** One line of a schema's table. */
export type SchemaRow =
  /** A field; `path` names its parents too, such as `["items[]", "actor", "type"]`. */
  | { kind: "field"; path: readonly string[]; type: string; isRequired: boolean; details: Details }
  /** The rows below, of the same depth, hold in this case only. */
  | { kind: "case"; path: readonly string[]; text: string };

type Details = {
  text: string | undefined;
  /** The closed set of its values. */
  values: readonly string[];
  limits: readonly string[];
  example: string | undefined;
};

/** Lists a schema's fields, with those of nested objects below their parent. */
export function describeSchema(schema: Schema, schemas: Schemas): SchemaRow[] {
  const root = resolve(schema, schemas);
  const rows = describeChildren(schema, [], schemas, []);
  if (rows.length > 0 || isEmptyObject(root)) return rows;
  return [
    { kind: "field", path: [], type: nameType(root, schemas), isRequired: true, details: detail(root) },
  ];
}

const isEmptyObject = ({ type, properties }: Schema): boolean =>
  type === "object" && properties !== undefined && Object.keys(properties).length === 0;

/** @param seen the references on the way here, so that a schema that contains itself ends */
function describeChildren(
  schema: Schema,
  path: readonly string[],
  schemas: Schemas,
  seen: readonly string[],
): SchemaRow[] {
  const { schema: own } = withoutNull(schema, schemas);
  const reference = own.$ref;
  if (reference && seen.includes(reference)) return [];
  const next = reference ? [...seen, reference] : seen;
  const found = resolve(own, schemas);
  const cases = found.oneOf ?? found.anyOf;
  if (cases) return describeCases(cases, path, schemas, next);
  if (found.items) {
    const last = path.at(-1);
    const item = last === undefined ? ["[]"] : [...path.slice(0, -1), `${last}[]`];
    return describeChildren(found.items, item, schemas, next);
  }
  const required = found.required ?? [];
  return Object.entries(found.properties ?? {}).flatMap(([name, property]) =>
    describeField(property, [...path, name], required.includes(name), schemas, next),
  );
}

function describeField(
  property: Schema,
  path: readonly string[],
  isRequired: boolean,
  schemas: Schemas,
  seen: readonly string[],
): SchemaRow[] {
  const { schema: own, isNullable } = withoutNull(property, schemas);
  const found = resolve(own, schemas);
  const type = `${nameType(found, schemas)}${isNullable ? " or null" : ""}`;
  const text = property.description ?? found.description;
  const details = { ...detail(found), text };
  return [{ kind: "field", path, type, isRequired, details }, ...describeChildren(own, path, schemas, seen)];
}

function describeCases(
  cases: readonly Schema[],
  path: readonly string[],
  schemas: Schemas,
  seen: readonly string[],
): SchemaRow[] {
  const described = cases.map((each, index) => {
    const rows = describeChildren(each, path, schemas, seen);
    return { rows, text: nameCase(resolve(each, schemas), index, cases.length) };
  });
  // Of simple values, the type's name says all.
  return described.flatMap(({ rows, text }) =>
    rows.length === 0 ? [] : [{ kind: "case" as const, path, text }, ...rows],
  );
}

/** A case is named by its constant field, such as `kind`. */
function nameCase({ properties = {} }: Schema, index: number, count: number): string {
  const constant = Object.entries(properties).find(([, { const: value }]) => value !== undefined);
  if (!constant) return `Form ${index + 1} of ${count}`;
  return `If \`${constant[0]}\` is \`${String(constant[1].const)}\``;
}

const FORMATS: Record<string, string> = { uuid: "UUID", "date-time": "time", uri: "URL", email: "email" };

function nameType(schema: Schema, schemas: Schemas): string {
  const { type, format, items, properties, additionalProperties } = schema;
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  const cases = schema.oneOf ?? schema.anyOf;
  if (cases) {
    const names = cases.map((each) => nameType(resolve(each, schemas), schemas));
    return [...new Set(names)].join(" or ");
  }
  if (format && FORMATS[format]) return FORMATS[format];
  if (items) return `array of ${plural(nameType(resolve(items, schemas), schemas))}`;
  if (type === "object" && !properties && additionalProperties) return "object of any fields";
  return Array.isArray(type) ? type.join(" or ") : (type ?? "any value");
}

const plural = (name: string): string => (/^\w+$/.test(name) ? `${name}s` : name);

function detail(schema: Schema): Details {
  const { description, items, example, default: fallback } = schema;
  const values = (schema.enum ?? items?.enum ?? []).map((value) => (value === null ? "null" : String(value)));
  return {
    text: description,
    values,
    limits: [
      ...listLimits(schema),
      ...(fallback === undefined ? [] : [`by default \`${String(fallback)}\``]),
    ],
    example: example === undefined ? undefined : String(example),
  };
}

function listLimits(schema: Schema): string[] {
  const { minLength, maxLength, minItems, maxItems, pattern, format } = schema;
  const { exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
  return [
    between(minLength, maxLength, "characters"),
    between(minItems, maxItems, "items"),
    between(safe(schema.minimum), safe(schema.maximum), ""),
    exclusiveMinimum === undefined ? undefined : `more than ${exclusiveMinimum}`,
    exclusiveMaximum === undefined ? undefined : `less than ${exclusiveMaximum}`,
    multipleOf === undefined ? undefined : `a multiple of ${multipleOf}`,
    // A format names its pattern.
    pattern && !format && pattern.length < 60 ? `matches \`${pattern}\`` : undefined,
  ].filter((limit) => limit !== undefined);
}

/** An integer's bounds that JavaScript sets mean no limit. */
const safe = (bound: number | undefined): number | undefined =>
  bound === undefined || Math.abs(bound) >= Number.MAX_SAFE_INTEGER ? undefined : bound;

function between(least: number | undefined, most: number | undefined, unit: string): string | undefined {
  const number = (value: number) => value.toLocaleString("en");
  const text =
    least !== undefined && most !== undefined
      ? `${number(least)} to ${number(most)}`
      : least !== undefined
        ? `at least ${number(least)}`
        : most !== undefined && `at most ${number(most)}`;
  const isOne = (most ?? least) === 1;
  return text ? `${text} ${isOne ? unit.replace(/s$/, "") : unit}`.trim() : undefined;
}

export function resolve(schema: Schema, schemas: Schemas): Schema {
  const name = schema.$ref?.split("/").at(-1);
  if (name === undefined) return schema;
  const { $ref: _reference, ...besides } = schema;
  return { ...resolve(schemas[name] ?? {}, schemas), ...besides };
}

const isNull = ({ type }: Schema): boolean => type === "null";

/** Takes the null out of a nullable schema. A reference stays one. */
function withoutNull(schema: Schema, schemas: Schemas): { schema: Schema; isNullable: boolean } {
  const { type, anyOf, ...rest } = schema.$ref ? resolve(schema, schemas) : schema;
  if (Array.isArray(type) && type.includes("null")) {
    const others = type.filter((each) => each !== "null");
    return { schema: { ...rest, type: others.length === 1 ? others[0]! : others }, isNullable: true };
  }
  if (!anyOf?.some(isNull)) return { schema, isNullable: false };
  const others = anyOf.filter((each) => !isNull(each));
  return { schema: others.length === 1 ? others[0]! : { ...rest, anyOf: others }, isNullable: true };
}
