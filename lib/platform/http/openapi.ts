import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from "zod-openapi";
import { z } from "zod";
import { ERRORS, ErrorEnvelope } from "@/lib/contract/errors";
import type { Operation } from "@/lib/contract/operation";
import { OPERATIONS } from "@/lib/contract/operations";
import { describeCallers } from "@/lib/contract/reference/callers";
import type { ApiDocument } from "@/lib/contract/reference/document";
import { groupOf, TAGS } from "@/lib/contract/reference/groups";
import { notFoundCodes } from "@/lib/contract/reference/not-found";
import { writeCurl } from "@/lib/contract/reference/write-curl";
import { cookieName } from "@/lib/identity/cookies";
import { env } from "@/lib/platform/env/env";

type Document = ApiDocument & { openapi: string };

let document: Document | undefined;

/** Builds the OpenAPI 3.1 document from the schemas that parse requests and responses; once per process. */
export function describeApi(): Document {
  document ??= createDocument({
    openapi: "3.1.0",
    info: {
      title: "Runflow API",
      version: "1",
      description: "Runs of AI models, and the admin operation that cancels one.",
    },
    servers: [{ url: "/" }],
    tags: TAGS,
    security: [{ key: [] }, { session: [] }],
    paths: describePaths(),
    components: {
      securitySchemes: {
        key: {
          type: "http",
          scheme: "bearer",
          description: "An inference key (rf_live_…) or a service key (rf_svc_…).",
        },
        session: {
          type: "apiKey",
          in: "cookie",
          name: cookieName("session"),
          description: "The console's session; over https the name begins with `__Host-`.",
        },
      },
    },
  }) as unknown as Document;
  return document;
}

function describePaths(): ZodOpenApiPathsObject {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const operation of OPERATIONS) {
    (paths[operation.path] ??= {})[operation.method.toLowerCase()] = describeOperation(operation);
  }
  return paths;
}

function describeOperation(operation: Operation): ZodOpenApiOperationObject {
  const { id, summary, description, access, audits, stepUp, query, body, idempotent, path } = operation;
  const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!);
  const headers = {
    ...(access.by === "credential" && {
      "X-Organization-Id": z
        .uuid()
        .optional()
        .meta({ description: "Limits the request to one of the organizations that the caller can access." }),
    }),
    ...(idempotent && {
      "Idempotency-Key": z
        .string()
        .regex(/^[!-~]{1,255}$/)
        .optional()
        .meta({ description: "A retry with the same key within 24 hours gets the first response again." }),
    }),
  };
  return {
    operationId: id,
    tags: [groupOf(operation)],
    ...(stepUp && { "x-step-up": true }),
    "x-callers": describeCallers(operation),
    "x-audit-action": typeof audits === "string" ? audits : null,
    "x-codeSamples": [{ lang: "Shell", label: "curl", source: writeCurl(operation, findServer()) }],
    summary,
    ...(description && { description }),
    ...(access.by !== "credential" && { security: [] }),
    ...(access.by === "credential" && access.session && { security: [{ session: [] }] }),
    requestParams: {
      ...(names.length > 0 && {
        path: z.object(Object.fromEntries(names.map((name) => [name, z.string()]))),
      }),
      ...(query && { query }),
      ...(Object.keys(headers).length > 0 && { header: z.object(headers) }),
    },
    ...(body && {
      requestBody: {
        required: !body.safeParse(undefined).success,
        content: { "application/json": { schema: body } },
      },
    }),
    responses: { ...describeResponses(operation), ...describeErrors(operation) },
  };
}

const findServer = () => ({
  origin: env().NEXTAUTH_URL.replace(/\/$/, ""),
  sessionCookie: cookieName("session"),
});

function describeResponses({ responses }: Operation) {
  return Object.fromEntries(
    Object.entries(responses).map(
      ([status, { description, body, mediaType = "application/json", orElse }]) => {
        const others = Object.entries(orElse ?? {}).map(([type, schema]) => [type, { schema }]);
        return [
          status,
          { description, content: { [mediaType]: { schema: body }, ...Object.fromEntries(others) } },
        ];
      },
    ),
  );
}

const SAYS_WHEN = [429, 503];
const RETRY_AFTER = z.object({
  "Retry-After": z.string().meta({ description: "Seconds to wait before the next try." }),
});

/** An operation's possible errors, derived from its declaration. */
function describeErrors(operation: Operation) {
  const { access, method, query, body, idempotent, refusals, path, responses } = operation;
  const statuses = new Set([431, 500, 503]);
  if (access.by === "anyone" && method !== "GET") statuses.add(403);
  if (access.by !== "anyone") statuses.add(401);
  if (access.by === "credential") for (const status of [403, 429]) statuses.add(status);
  if (query || body || idempotent) statuses.add(422);
  if (body) for (const status of [400, 413, 415]) statuses.add(status);
  if (path.includes("{") || (idempotent && "notFound" in idempotent)) statuses.add(404);
  if (idempotent) statuses.add(409);
  for (const status of refusals ?? []) statuses.add(status);
  if (path.endsWith("/runs") && body) for (const status of [402, 405]) statuses.add(status);
  const permission = access.by === "credential" ? access.permission : null;
  const requirements = [
    ...(permission ? [`\`permission_required\`: \`${permission}\``] : []),
    ...(operation.stepUp ? ["`step_up_required`: a session must confirm its password"] : []),
  ];
  const required = requirements.length > 0 ? ` (${requirements.join("; ")})` : "";
  return Object.fromEntries(
    [...statuses]
      .filter((status) => !(status in responses))
      .map((status) => [
        String(status),
        {
          description: findCodes(operation, status)
            .map((code) => (code === "PERMISSION_DENIED" ? `\`${code}\`${required}` : `\`${code}\``))
            .join(", "),
          "x-codes": findCodes(operation, status),
          content: { "application/json": { schema: ErrorEnvelope } },
          ...(SAYS_WHEN.includes(status) && { headers: RETRY_AFTER }),
        },
      ]),
  );
}

/** An operation's error codes of this status. */
function findCodes(operation: Operation, status: number): string[] {
  if (status === 404) return [...notFoundCodes(operation)];
  // Without a credential, only a page of another site is forbidden.
  if (status === 403 && operation.access.by !== "credential") return ["PERMISSION_DENIED"];
  return Object.entries(ERRORS).flatMap(([code, error]) => (error.status === status ? code : []));
}
