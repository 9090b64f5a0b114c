import { z } from "zod";
import { RUN_SOURCES, RUN_STATUSES } from "@/lib/states/run";
import { admin, credential, defineOperation, exempt } from "./operation";
import { Cursor, FromPrev, Limit, pageOf } from "./paging";
import { StorableText } from "./storable-text";
import { trimWhiteSpace } from "./text/trim-white-space";
import { countVisible } from "./text/visible";
import { JsonObject, Money, Timestamp, Uuid } from "./values";

export const Run = z
  .object({
    id: Uuid,
    org_id: Uuid,
    model_id: Uuid,
    model: z.string(),
    target_type: z.literal("model"),
    source_code: z.enum(RUN_SOURCES),
    status_code: z.enum(RUN_STATUSES),
    input: JsonObject,
    output: JsonObject.nullable(),
    cost: Money.nullable(),
    cost_breakdown: JsonObject.nullable(),
    duration_ms: z.int().nullable(),
    batch_id: Uuid.nullable(),
    client_ref: z.string().max(255).nullable(),
    request_id: z.string(),
    created_by: Uuid.nullable(),
    callback_url: z.string().nullable(),
    metadata: JsonObject.nullable(),
    has_logs: z.boolean(),
    links: z.object({ self: z.string() }),
    failure_code: z.string().nullable(),
    failure_message: z.string().nullable(),
    failure_stage_code: z.string().nullable(),
    created_at: Timestamp,
    started_at: Timestamp.nullable(),
    completed_at: Timestamp.nullable(),
  })
  .meta({ id: "Run", description: "One execution of a model for an organization." });
export type Run = z.infer<typeof Run>;

export const RUN_FIELDS = Object.keys(Run.shape) as (keyof Run)[];

export const RunPage = pageOf(Run.partial()).meta({
  id: "RunPage",
  description: "Runs in keyset order; return a cursor as `pq`.",
});
export type RunPage = z.infer<typeof RunPage>;

export const RunListQuery = z.strictObject({
  q: z
    .string()
    .max(4000)
    .optional()
    .meta({
      description:
        "An expression over " +
        "`id, org_id, status_code, model, source_code, created_by, api_key_id, client_ref, batch_id, request_id, " +
        "created_at, started_at, completed_at, duration_ms, cost, metadata.<key>` with `: = > < >= <= AND OR NOT ( )` " +
        "and quoted texts; `model.eq:'a/b'` with eq, ne, gt, gte, lt, lte; `field:null` for absent values. " +
        "A day means its start in UTC, or the whole day after `:` and `=`; a time may have an offset, as in " +
        "2026-04-01T10:30:00+02:00 (in a URL, write + as %2B).",
      example: "status_code:running AND created_at>2026-04-01",
    }),
  limit: Limit,
  sort_by: z
    .string()
    .max(200)
    .default("created_at:desc")
    .meta({
      description:
        "`created_at`, `started_at`, `completed_at`, `duration_ms` or `cost`, each with `:asc` (or nothing) or `:desc`; " +
        "several separated by commas. Runs without a value come last.",
    }),
  fields: z.string().max(500).optional().meta({
    description: "Field names, separated by commas; the id is always included.",
  }),
  pq: Cursor,
  from_prev: FromPrev,
});
export type RunListQuery = z.infer<typeof RunListQuery>;

export const REASON_MIN = 3;
export const REASON_MAX = 500;

/** In Unicode code points: an emoji outside the basic plane counts once. */
export const countCodePoints = (text: string): number => [...text].length;

/** A cancellation's reason: trimmed, then 3 to 500 code points that PostgreSQL and UTF-8 can store. */
export const Reason = z
  .string()
  .overwrite(trimWhiteSpace)
  .superRefine((reason, context) => {
    const length = countCodePoints(reason);
    const refuse = (type: string, message: string) =>
      context.addIssue({ code: "custom", message, params: { type } });
    if (reason.includes("\0")) refuse("string_has_nul", "The reason must not contain a NUL character.");
    else if (!reason.isWellFormed())
      refuse("string_unicode", "The reason contains half of a surrogate pair.");
    else if (length < REASON_MIN)
      refuse("string_too_short", `The reason needs at least ${REASON_MIN} characters.`);
    else if (length > REASON_MAX)
      refuse("string_too_long", `The reason may have at most ${REASON_MAX} characters.`);
    else if (countVisible(reason) < REASON_MIN)
      refuse("string_too_short", `The reason needs at least ${REASON_MIN} visible characters.`);
  })
  .meta({
    minLength: REASON_MIN,
    maxLength: REASON_MAX,
    example: "customer ticket #4821 - duplicate submission",
  });

/** Strict, so that a misspelled field can't cancel a run without its reason. */
export const CancellationBody = z
  .strictObject({ reason: Reason.nullish() })
  .nullish()
  .meta({ id: "CancellationRequest" });

export const CreateRunBody = z
  .strictObject({
    input: JsonObject,
    metadata: JsonObject.nullish(),
    callback_url: z.string().max(2048).nullish(),
    client_ref: StorableText(255).min(1).nullish(),
  })
  .meta({ id: "CreateRunRequest" });
export type CreateRunBody = z.infer<typeof CreateRunBody>;

export const CANCELLATION_HEADER = "Runflow-Cancellation";

export const cancelRunOperation = defineOperation({
  id: "cancelRun",
  method: "POST",
  path: "/v1/admin/runs/{run_id}/cancellation",
  summary: "Cancel a run",
  description:
    "Changes a run that has not ended to `canceled`, with its audit entry, in one transaction. " +
    "The provider's compute continues and nothing is refunded. A person must give a reason; a script may omit it.",
  access: admin("runs.cancel"),
  audits: "run.cancelled",
  body: CancellationBody,
  idempotent: { within: "org_id", notFound: "RUN_NOT_FOUND" },
  responses: {
    200: { description: "The run had already ended; nothing was changed.", body: Run },
    201: { description: "This request canceled the run.", body: Run },
  },
});

export const getRunOperation = defineOperation({
  id: "getRun",
  method: "GET",
  path: "/v1/runs/{id}",
  summary: "Get a run",
  access: credential("runs.read"),
  responses: { 200: { description: "The run.", body: Run } },
});

export const listRunsOperation = defineOperation({
  id: "listRuns",
  method: "GET",
  path: "/v1/runs",
  summary: "List runs",
  access: credential("runs.read"),
  query: RunListQuery,
  responses: { 200: { description: "A page of runs.", body: RunPage } },
});

export const listAdminRunsOperation = defineOperation({
  id: "listAdminRuns",
  method: "GET",
  path: "/v1/admin/runs",
  summary: "List the runs of every organization in reach",
  access: admin("runs.read"),
  query: RunListQuery,
  responses: { 200: { description: "A page of runs.", body: RunPage } },
});

export const listRunStatusesOperation = defineOperation({
  id: "listRunStatuses",
  method: "GET",
  path: "/v1/runs/statuses",
  summary: "List the statuses of a run",
  access: credential(),
  responses: {
    200: {
      description: "All statuses, in lifecycle order.",
      body: z.array(z.object({ code: z.enum(RUN_STATUSES), is_terminal: z.boolean() })),
    },
  },
});

export const createRunOperation = defineOperation({
  id: "createRun",
  method: "POST",
  path: "/v1/models/{owner}/{slug}/runs",
  summary: "Create a run",
  description: "The slug may have several segments, as in `bytedance/seedance/2.0/fast/text-to-video`.",
  access: credential("runs.create"),
  audits: exempt("The run itself records its creator, time and key, and no process may change them."),
  body: CreateRunBody,
  idempotent: { within: "org_id", notFound: "RUN_NOT_FOUND" },
  responses: { 201: { description: "The run, queued.", body: Run } },
});
