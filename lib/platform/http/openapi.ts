import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from "zod-openapi";
import { z } from "zod";
import { ERRORS, ErrorEnvelope } from "@/lib/contract/errors";
import type { Operation } from "@/lib/contract/operation";
import { OPERATIONS } from "@/lib/contract/operations";

let document: Record<string, unknown> | undefined;

/** Builds the OpenAPI 3.1 document from the schemas that parse requests and responses. */
export function describeApi(): Record<string, unknown> & { openapi: string } {
  document ??= createDocument({
    openapi: "3.1.0",
    info: {
      title: "Runflow API",
      version: "1",
      description: "Runs of AI models, and the admin operation that cancels one.",
    },
    servers: [{ url: "/" }],
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
          name: "runflow-console.session",
          description: "The console's session; over https the name begins with `__Host-`.",
        },
      },
    },
  }) as unknown as Record<string, unknown>;
  return document as Record<string, unknown> & { openapi: string };
}

function describePaths(): ZodOpenApiPathsObject {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const operation of OPERATIONS) {
    (paths[operation.path] ??= {})[operation.method.toLowerCase()] = describeOperation(operation);
  }
  return paths;
}

function describeOperation(operation: Operation): ZodOpenApiOperationObject {
  const { id, summary, description, access, stepUp, query, body, idempotent, path } = operation;
  const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!);
  const headers = {
    ...(access.by === "credential" && { "X-Organization-Id": z.uuid().optional() }),
    ...(idempotent && {
      "Idempotency-Key": z
        .string()
        .regex(/^[!-~]{1,255}$/)
        .optional(),
    }),
  };
  return {
    operationId: id,
    ...(stepUp && { "x-step-up": true }),
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
  const codes = Object.entries(ERRORS);
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
          description: codes
            .filter(([, error]) => error.status === status)
            .map(([code]) => (code === "PERMISSION_DENIED" ? `\`${code}\`${required}` : `\`${code}\``))
            .join(", "),
          content: { "application/json": { schema: ErrorEnvelope } },
          ...(SAYS_WHEN.includes(status) && { headers: RETRY_AFTER }),
        },
      ]),
  );
}
