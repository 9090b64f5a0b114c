import { expect, test } from "vitest";
import { describeSchema } from "./describe-schema";
import type { Schema, Schemas } from "./document";

const SCHEMAS: Schemas = {
  Owner: {
    type: "object",
    description: "The owner.",
    properties: { id: { type: "string", format: "uuid", pattern: "^[0-9a-f-]{36}$" } },
    required: ["id"],
  },
  Tree: {
    type: "object",
    properties: {
      name: { type: "string" },
      below: { type: "array", items: { $ref: "#/components/schemas/Tree" } },
    },
  },
};

/** Each row as `path: type`, with a star if it is required, and its details. */
const rows = (schema: Schema) =>
  describeSchema(schema, SCHEMAS).map((row) => {
    if (row.kind === "case") return `${row.path.join(".")} (${row.text})`;
    const { text, values, limits, example } = row.details;
    return [
      `${row.path.join(".")}${row.isRequired ? "*" : ""}: ${row.type}`,
      ...[text, values.join(" "), limits.join(", "), example].filter(Boolean),
    ].join(" | ");
  });

const object = (properties: Schema["properties"], required: string[] = []): Schema => ({
  type: "object",
  properties: properties!,
  required,
});

test("object: fields with types, limits, values, defaults and examples", () => {
  expect(
    rows(
      object(
        {
          reason: { type: "string", minLength: 3, maxLength: 500, example: "ticket #1" },
          minutes: { type: "integer", minimum: 1, maximum: 1440, default: 60, description: "How long." },
          total: { type: "integer", minimum: -9007199254740991, maximum: 9007199254740991 },
          state: { type: "string", enum: ["open", "closed"] },
          cost: { type: "string", pattern: "^\\d+$" },
        },
        ["reason"],
      ),
    ),
  ).toEqual([
    "reason*: string | 3 to 500 characters | ticket #1",
    "minutes: integer | How long. | 1 to 1,440, by default `60`",
    "total: integer",
    "state: string | open closed",
    "cost: string | matches `^\\d+$`",
  ]);
});

test("nested objects, lists and references: below their parent", () => {
  expect(
    rows(
      object({
        owner: { $ref: "#/components/schemas/Owner" },
        items: { type: "array", minItems: 1, items: { $ref: "#/components/schemas/Owner" } },
        tags: { type: "array", items: { type: "string", enum: ["a"] } },
      }),
    ),
  ).toEqual([
    "owner: object | The owner.",
    "owner.id*: UUID",
    "items: array of objects | at least 1 item",
    "items[].id*: UUID",
    "tags: array of strings | a",
  ]);
});

test("nullable fields: their type and null", () => {
  expect(
    rows(
      object({
        a: { type: ["string", "null"] },
        b: { anyOf: [{ $ref: "#/components/schemas/Owner" }, { type: "null" }] },
        c: { anyOf: [{ type: "string" }, { type: "integer" }, { type: "null" }] },
        d: { type: "object", additionalProperties: true },
      }),
    ),
  ).toEqual([
    "a: string or null",
    "b: object or null | The owner.",
    "b.id*: UUID",
    "c: string or integer or null",
    "d: object of any fields",
  ]);
});

test("alternatives: a row for each case, named by its constant", () => {
  const by = (kind: string, more: Schema["properties"]) =>
    object({ kind: { type: "string", const: kind }, ...more }, ["kind"]);
  expect(rows({ oneOf: [by("run", { run_id: { type: "string" } }), by("batch", {})] })).toEqual([
    " (If `kind` is `run`)",
    'kind*: "run"',
    "run_id: string",
    " (If `kind` is `batch`)",
    'kind*: "batch"',
  ]);
});

test("schema that contains itself: once", () => {
  expect(rows({ $ref: "#/components/schemas/Tree" })).toEqual(["name: string", "below: array of objects"]);
});

test("simple value and list at the top: one row, or the item's fields", () => {
  expect(rows({ type: "string" })).toEqual(["*: string"]);
  expect(rows({ type: "array", items: { $ref: "#/components/schemas/Owner" } })).toEqual(["[].id*: UUID"]);
  expect(rows(object({}))).toEqual([]);
});
