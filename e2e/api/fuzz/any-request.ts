import fc from "fast-check";
import { anyCursor, anyId, anyValueOf, hostileText, type Schema } from "./any-value";
import { anyEdits, type Edit } from "./edit-json";

type Parameter = { name: string; in: "path" | "query" | "header"; schema: Schema };
export type ApiOperation = {
  operationId: string;
  parameters?: Parameter[];
  requestBody?: { content: { "application/json": { schema: Schema } } };
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>;
};
export type ApiDocument = {
  paths: Record<string, Record<string, ApiOperation>>;
  components: { schemas: Record<string, Schema> };
};

/** Whose credential: that of the operation's fixture (`own`), or one by its name. */
export const CREDENTIALS = [
  "own",
  "admin",
  "admin_session",
  "support_session",
  "auditor_session",
  "other_organization",
  "customer",
  "revoked",
  "none",
] as const;
export type CredentialName = (typeof CREDENTIALS)[number];

export type AnyRequest = {
  id: string;
  method: string;
  template: string;
  by: CredentialName;
  /** The path's parameters; null for that of the operation's fixture. */
  params: Record<string, string | null>;
  /** Whether the fixture's query comes first. */
  hasOwnQuery: boolean;
  query: [string, string][] | string;
  headers: Record<string, string>;
  /** The fixture's body or one by the schema, with edits; or raw text or bytes. */
  body: { own: Edit[] } | { made: unknown; edits: Edit[] } | { raw: string | Uint8Array } | null;
};

/** Any request to any operation of the document: valid, almost valid and hostile. */
export function anyRequest(document: ApiDocument, only?: string): fc.Arbitrary<AnyRequest> {
  const resolve = (reference: string) => document.components.schemas[reference.split("/").at(-1)!]!;
  const operations = Object.entries(document.paths).flatMap(([template, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ template, method, operation })),
  );
  return fc.oneof(
    ...operations
      .filter(({ operation }) => only === undefined || operation.operationId === only)
      .map(({ template, method, operation }) =>
        requestTo(template, method.toUpperCase(), operation, resolve),
      ),
  );
}

const mostly = <T>(usual: fc.Arbitrary<T>, ...others: fc.Arbitrary<T>[]) =>
  fc.oneof({ weight: 3 * others.length, arbitrary: usual }, ...others);

function requestTo(
  template: string,
  method: string,
  { operationId, parameters = [], requestBody }: ApiOperation,
  resolve: (reference: string) => Schema,
): fc.Arbitrary<AnyRequest> {
  const named = (place: string) => parameters.filter((parameter) => parameter.in === place);
  const params = named("path").map(({ name }) => [name, anySegment] as const);
  const body = requestBody?.content["application/json"].schema;
  return fc.record({
    id: fc.constant(operationId),
    method: fc.constant(method),
    template: fc.constant(template),
    by: mostly<CredentialName>(
      fc.constantFrom("own", "admin", "admin_session"),
      fc.constantFrom(...CREDENTIALS),
    ),
    params: fc.record(Object.fromEntries(params)),
    hasOwnQuery: mostly(fc.constant(true), fc.constant(false)),
    query: mostly<AnyRequest["query"]>(fc.constant([]), anyQueryOf(named("query"), resolve), badEscapes),
    headers: mostly(fc.constant({}), anyHeaders),
    body: body ? anyBodyOf(body, resolve) : mostly<AnyRequest["body"]>(fc.constant(null), anyRaw),
  });
}

/** Dots would name another path, and an empty segment none. */
const anySegment = mostly<string | null>(
  fc.constant(null),
  anyId,
  fc.uuid(),
  hostileText.map((text) => (/^\.{0,2}$/.test(text) ? "x" : text)),
);

const badEscapes = fc.constantFrom(
  "%",
  "%ff",
  "limit=%E0%A4%A",
  "limit=1&limit=2",
  "=",
  "&&",
  "?",
  "a[b]=c",
  "%00=%00",
);

function anyQueryOf(parameters: Parameter[], resolve: (reference: string) => Schema) {
  const special: Record<string, fc.Arbitrary<string>> = { q: anyExpression, pq: anyCursor };
  const anyPair = fc.oneof(
    ...parameters.map(({ name, schema }) =>
      fc.tuple(
        fc.constant(name),
        mostly(special[name] ?? anyValueOf(schema, resolve).map(String), hostileText),
      ),
    ),
    fc.tuple(hostileText, hostileText),
  );
  return fc.array(anyPair, { minLength: 1, maxLength: 3 });
}

/** Pieces of the filter language: most expressions are wrong somewhere in the middle. */
const anyExpression = fc
  .array(
    fc.oneof(
      fc.constantFrom(..."( ) AND OR NOT : = > < >= <= .eq: ' \" ,".split(" ")),
      fc.constantFrom(
        "status_code:running",
        "cost>0.1",
        "created_at>2026-04-01",
        "metadata.a='x'",
        "duration_ms<1e3",
      ),
      fc.constantFrom("id", "org_id", "model", "source_code", "metadata.a", "metadata.", "cost"),
      hostileText,
    ),
    { maxLength: 6 },
  )
  .map((pieces) => pieces.join(" "));

const anyHeader = fc.stringMatching(/^[\x20-\x7e\x80-\xff]{0,40}$/);
const anyHeaders = fc.record(
  {
    "X-Organization-Id": fc.oneof(fc.constant("«org»"), anyHeader),
    "Idempotency-Key": fc.oneof(fc.constantFrom("a", "b"), anyHeader),
    "Content-Type": fc.oneof(fc.constantFrom("text/plain", "application/json; charset=latin1"), anyHeader),
    "Content-Encoding": fc.constantFrom("gzip", "identity", "x"),
    "Runflow-Signed-In-As": fc.oneof(anyId, anyHeader),
    "Last-Event-ID": fc.oneof(fc.constantFrom("0", "-1", "9".repeat(30)), anyHeader),
    Origin: fc.oneof(fc.constant("https://elsewhere.example"), anyHeader),
    "Sec-Fetch-Site": fc.oneof(fc.constantFrom("cross-site", "none"), anyHeader),
    Accept: anyHeader,
    "User-Agent": anyHeader,
    Range: fc.constantFrom("bytes=0-1", "x"),
    "If-None-Match": fc.constantFrom("*", "x"),
  },
  { requiredKeys: [] },
);

const anyRaw = fc
  .oneof(
    fc.constantFrom(
      "",
      "{",
      "null",
      "[]",
      '{"a":1,"a":2}',
      '{"a":1e400}',
      "\ufeff{}",
      "{}{}",
      "[".repeat(5_000),
    ),
    fc.json(),
    fc.uint8Array({ maxLength: 40 }),
  )
  .map((raw) => ({ raw }));

const anyBodyOf = (schema: Schema, resolve: (reference: string) => Schema) =>
  fc.oneof<fc.Arbitrary<AnyRequest["body"]>[]>(
    anyEdits.map((own) => ({ own })),
    fc.constant({ own: [] }),
    fc.tuple(anyValueOf(schema, resolve), anyEdits).map(([made, edits]) => ({ made, edits })),
    anyRaw,
  );
