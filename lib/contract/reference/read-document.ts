import { ERRORS } from "../errors";
import type { Callers } from "./callers";
import { describeSchema, type SchemaRow } from "./describe-schema";
import type { ApiDocument, DocumentedOperation, Schemas } from "./document";

/** Everything that the page of an operation shows. */
export type OperationPage = {
  id: string;
  method: string;
  path: string;
  title: string;
  text: string | undefined;
  group: string;
  callers: Callers;
  auditAction: string | null;
  /** Whether it has a rate limit: per credential, or else per client address. */
  isLimited: boolean;
  /** Whether it supports `Idempotency-Key`. */
  isIdempotent: boolean;
  parameters: { place: "path" | "query" | "header"; rows: SchemaRow[] }[];
  body: { isRequired: boolean; text: string | undefined; rows: SchemaRow[] } | null;
  /** Statuses whose bodies have the same schema are one answer. */
  answers: { statuses: { status: string; text: string }[]; types: string[]; rows: SchemaRow[] }[];
  errors: { status: string; codes: { code: string; text: string }[] }[];
  curl: string;
};

export type ReferenceGroup = { id: string; title: string; text: string; operations: OperationPage[] };

/** Reads the OpenAPI document into the reference's groups and pages, in its order. */
export function readDocument(document: ApiDocument): ReferenceGroup[] {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) =>
      readOperation({ method: method.toUpperCase(), path, operation, document }),
    ),
  );
  return document.tags.map(({ name, description, "x-id": id }) => ({
    id,
    title: name,
    text: description,
    operations: operations.filter(({ group }) => group === name),
  }));
}

type Place = { method: string; path: string; operation: DocumentedOperation; document: ApiDocument };

function readOperation({ method, path, operation, document }: Place): OperationPage {
  const { schemas } = document.components;
  const { requestBody, responses, parameters = [] } = operation;
  const body = requestBody?.content["application/json"]?.schema;
  const named = body?.$ref ? schemas[body.$ref.split("/").at(-1)!] : body;
  return {
    id: operation.operationId,
    method,
    path,
    title: operation.summary,
    text: operation.description,
    group: operation.tags[0],
    callers: operation["x-callers"],
    auditAction: operation["x-audit-action"],
    isLimited: "429" in responses,
    isIdempotent: parameters.some(({ name }) => name === "Idempotency-Key"),
    parameters: (["path", "query", "header"] as const).flatMap((place) => {
      const found = parameters.filter((parameter) => parameter.in === place);
      const properties = Object.fromEntries(found.map(({ name, schema }) => [name, schema]));
      const required = found.flatMap((parameter) => (parameter.required ? parameter.name : []));
      return found.length === 0
        ? []
        : [{ place, rows: describeSchema({ type: "object", properties, required }, schemas) }];
    }),
    body:
      body && requestBody
        ? { isRequired: requestBody.required, text: named?.description, rows: describeSchema(body, schemas) }
        : null,
    answers: readAnswers(responses, schemas),
    errors: Object.entries(responses).flatMap(([status, { "x-codes": codes }]) =>
      codes ? [{ status, codes: codes.map((code) => ({ code, text: explain(code) })) }] : [],
    ),
    curl: operation["x-codeSamples"][0].source,
  };
}

function readAnswers(
  responses: DocumentedOperation["responses"],
  schemas: Schemas,
): OperationPage["answers"] {
  const answers = new Map<string, OperationPage["answers"][number]>();
  for (const [status, { description: text, content, "x-codes": codes }] of Object.entries(responses)) {
    if (codes) continue;
    const known = answers.get(JSON.stringify(content));
    if (known) known.statuses.push({ status, text });
    else
      answers.set(JSON.stringify(content), {
        statuses: [{ status, text }],
        types: Object.keys(content),
        rows: describeSchema(Object.values(content)[0]!.schema, schemas),
      });
  }
  return [...answers.values()];
}

const explain = (code: string): string => ERRORS[code as keyof typeof ERRORS].message;

/** The operations that match every word of a search, in their groups. */
export function searchOperations(groups: readonly ReferenceGroup[], text: string): ReferenceGroup[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return groups
    .map((group) => ({ ...group, operations: group.operations.filter((each) => matches(each, words)) }))
    .filter(({ operations }) => operations.length > 0);
}

function matches({ id, method, path, title, text, group, callers }: OperationPage, words: string[]): boolean {
  const searched = [id, method, path, title, text, group, callers.permission].join(" ").toLowerCase();
  return words.every((word) => searched.includes(word));
}
