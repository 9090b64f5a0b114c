/** The fields that `q` can filter by, named after their columns. */
type FieldType = "uuid" | "text" | "status" | "source" | "time" | "integer" | "decimal";

type FieldFacts = {
  type: FieldType;
  isNullable: boolean;
  /** A short description and an example, for the console's help. */
  about: string;
  example: string;
};

export const FIELDS = {
  id: {
    type: "uuid",
    isNullable: false,
    about: "the run's id",
    example: "id:01a2105b-b058-7603-bcd5-4e7603b8ed86",
  },
  org_id: {
    type: "uuid",
    isNullable: false,
    about: "the customer's id",
    example: "org_id:01a2105b-b058-7603-bcd5-4e7603b8ed86",
  },
  status_code: {
    type: "status",
    isNullable: false,
    about: "the run's status",
    example: "status_code:running",
  },
  model: {
    type: "text",
    isNullable: false,
    about: "the model's slug",
    example: "model:runflow/smart-resize",
  },
  source_code: {
    type: "source",
    isNullable: false,
    about: "where it came from",
    example: "source_code:api",
  },
  created_by: {
    type: "uuid",
    isNullable: true,
    about: "the id of the person who created it",
    example: "created_by:null",
  },
  api_key_id: {
    type: "uuid",
    isNullable: true,
    about: "the id of the key that created it",
    example: "api_key_id:01a2105b-b058-7603-bcd5-4e7603b8ed86",
  },
  client_ref: {
    type: "text",
    isNullable: true,
    about: "the customer's own reference",
    example: "client_ref:'order 17'",
  },
  batch_id: {
    type: "uuid",
    isNullable: true,
    about: "the batch's id",
    example: "batch_id:01a2105b-b058-7603-bcd5-4e7603b8ed86",
  },
  request_id: {
    type: "text",
    isNullable: false,
    about: "the request that created it",
    example: "request_id:req_01jv7c7k6m9qv2n5h8b3x4d0ta",
  },
  created_at: {
    type: "time",
    isNullable: false,
    about: "a day or time, in UTC",
    example: "created_at>=2026-04-01",
  },
  started_at: {
    type: "time",
    isNullable: true,
    about: "a day or time; null before it started",
    example: "started_at:null",
  },
  completed_at: {
    type: "time",
    isNullable: true,
    about: "a day or time; null before it ended",
    example: "completed_at<2026-04-01T10:30:00Z",
  },
  duration_ms: {
    type: "integer",
    isNullable: true,
    about: "in milliseconds; null before it ended",
    example: "duration_ms>60000",
  },
  cost: {
    type: "decimal",
    isNullable: true,
    about: "in US dollars; null before it is charged",
    example: "cost>0.5",
  },
} as const satisfies Record<string, FieldFacts>;

export type Field = keyof typeof FIELDS;
export const FIELD_NAMES = Object.keys(FIELDS) as Field[];

/** The prefix of a customer's own metadata key: `metadata.tenant`. */
export const METADATA = "metadata";
export const ABOUT_METADATA = "metadata that the customer sent, if you may reveal it";

export const isField = (name: string): name is Field => Object.hasOwn(FIELDS, name);

/** Whether `<` and `>` apply; other fields support only equality. */
export const isOrdered = (field: Field): boolean =>
  ["time", "integer", "decimal"].includes(FIELDS[field].type);
