/** The fields of a run that `q` can ask about. Each is also the name of its column. */
type FieldType = "uuid" | "text" | "status" | "source" | "time" | "integer" | "decimal";

export const FIELDS = {
  id: { type: "uuid", isNullable: false },
  org_id: { type: "uuid", isNullable: false },
  status_code: { type: "status", isNullable: false },
  model: { type: "text", isNullable: false },
  source_code: { type: "source", isNullable: false },
  created_by: { type: "uuid", isNullable: true },
  api_key_id: { type: "uuid", isNullable: true },
  client_ref: { type: "text", isNullable: true },
  batch_id: { type: "uuid", isNullable: true },
  request_id: { type: "text", isNullable: false },
  created_at: { type: "time", isNullable: false },
  started_at: { type: "time", isNullable: true },
  completed_at: { type: "time", isNullable: true },
  duration_ms: { type: "integer", isNullable: true },
  cost: { type: "decimal", isNullable: true },
} as const satisfies Record<string, { type: FieldType; isNullable: boolean }>;

export type Field = keyof typeof FIELDS;
export const FIELD_NAMES = Object.keys(FIELDS) as Field[];

/** Stands before a dot and a key of the customer's own: `metadata.tenant`. */
export const METADATA = "metadata";

export const isField = (name: string): name is Field => Object.hasOwn(FIELDS, name);

/** What has a less and a more; everything else is only equal or not. */
export const isOrdered = (field: Field): boolean =>
  ["time", "integer", "decimal"].includes(FIELDS[field].type);
