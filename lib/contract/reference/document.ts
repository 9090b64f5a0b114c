import type { Callers } from "./callers";

/** The parts of the OpenAPI document that the reference shows; lib/platform/http/openapi makes it. */
export type ApiDocument = {
  info: { title: string; version: string; description: string };
  tags: { name: string; description: string; "x-id": string }[];
  paths: Record<string, Record<string, DocumentedOperation>>;
  components: { schemas: Schemas };
};

export type DocumentedOperation = {
  operationId: string;
  summary: string;
  description?: string;
  tags: [string];
  parameters?: { in: "path" | "query" | "header"; name: string; required?: boolean; schema: Schema }[];
  requestBody?: { required: boolean; content: Record<string, { schema: Schema }> };
  responses: Record<
    string,
    { description: string; content: Record<string, { schema: Schema }>; "x-codes"?: string[] }
  >;
  "x-callers": Callers;
  "x-audit-action": string | null;
  "x-codeSamples": [{ lang: string; label: string; source: string }];
};

/** JSON Schema as far as the contract uses it. */
export type Schema = {
  $ref?: string;
  type?: string | string[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  items?: Schema;
  enum?: unknown[];
  const?: unknown;
  format?: string;
  pattern?: string;
  description?: string;
  example?: unknown;
  default?: unknown;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  multipleOf?: number;
};
export type Schemas = Record<string, Schema>;
