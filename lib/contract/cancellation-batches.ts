import { z } from "zod";
import {
  BATCH_MOST_RUNS,
  BATCH_STATES,
  type BatchState,
  ITEM_OUTCOMES,
  type ItemOutcome,
} from "@/lib/states/cancellation-batch";
import { ACTOR_TYPES } from "@/lib/states/audit-entry";
import { RUN_STATUSES } from "@/lib/states/run";
import { admin, defineOperation, exempt } from "./operation";
import { Cursor, FromPrev, Limit, pageOf } from "./paging";
import { Reason } from "./runs";
import { Money, parseUuid, Timestamp, Uuid } from "./values";

const Count = z.int().min(0);

const BatchActor = z.object({
  type: z.enum(ACTOR_TYPES),
  id: Uuid,
  name: z.string(),
  email: z.string().nullable(),
  key_prefix: z.string().nullable(),
});

export const BatchCounts = z
  .object({
    total: Count,
    excluded: Count,
    cancelable: Count.meta({ description: "What `expected_count` has to be when the batch starts." }),
    terminal: Count.meta({ description: "Already ended." }),
    out_of_reach: Count.meta({ description: "Unknown, or of a customer that the caller can't access." }),
    own: Count.meta({ description: "Created by the caller, so someone else has to cancel them." }),
  })
  .meta({
    description:
      "Current and for the caller until the batch starts; from then on, as they were at its start.",
  });
export type BatchCounts = z.infer<typeof BatchCounts>;

export const BatchSummary = z
  .object({
    by_status: z.array(z.object({ status_code: z.enum(RUN_STATUSES), runs: Count })),
    by_model: z.array(z.object({ model: z.string(), runs: Count })).meta({ description: "The largest 100." }),
    by_customer: z
      .array(z.object({ org_id: Uuid, name: z.string(), runs: Count }))
      .meta({ description: "The largest 100." }),
    oldest_at: Timestamp.nullable(),
    newest_at: Timestamp.nullable(),
    value_at_stake: Money.meta({
      description:
        "List prices of the cancelable runs, in US dollars: what they would cost if they finished.",
    }),
  })
  .meta({ description: "Of the cancelable runs." });
export type BatchSummary = z.infer<typeof BatchSummary>;

export const BatchProgress = z.object({
  canceled: Count.meta({ description: "Outcome 201." }),
  unchanged: Count.meta({ description: "Outcome 200: already ended." }),
  not_found: Count.meta({ description: "Outcome 404." }),
  refused: Count.meta({ description: "Outcome 409: created by the person who started the batch." }),
  failed: Count.meta({ description: "Outcome 503: another request held the run for too long." }),
  remaining: Count,
  runs_per_second: z.number().nullable().meta({ description: "Since the start or the last retry." }),
  seconds_left: Count.nullable(),
});
export type BatchProgress = z.infer<typeof BatchProgress>;

export const CancellationBatch = z
  .object({
    id: Uuid,
    state: z.enum(BATCH_STATES),
    reason: z.string(),
    ticket: z.string().nullable(),
    q: z.string().nullable().meta({ description: "The expression that selected the runs; null for ids." }),
    org_id: Uuid.nullable().meta({ description: "The customer that the plan was limited to, if any." }),
    org_ids: z.array(Uuid).meta({ description: "The customers whose runs it contains." }),
    created_at: Timestamp,
    created_by: BatchActor,
    expires_at: Timestamp.meta({ description: "A plan can be started until then." }),
    started_at: Timestamp.nullable(),
    started_by: BatchActor.nullable(),
    ended_at: Timestamp.nullable(),
    aborted_by: BatchActor.nullable(),
    runs_per_second_limit: z.int().nullable(),
    counts: BatchCounts,
    summary: BatchSummary,
    progress: BatchProgress,
    links: z.object({ self: z.string() }),
  })
  .meta({
    id: "CancellationBatch",
    description: "A plan to cancel many runs, with its progress and outcome.",
  });
export type CancellationBatch = z.infer<typeof CancellationBatch>;

export const CancellationBatchPage = pageOf(CancellationBatch).meta({ id: "CancellationBatchPage" });
export type CancellationBatchPage = z.infer<typeof CancellationBatchPage>;

export const BatchItem = z
  .object({
    run_id: Uuid,
    org_id: Uuid.nullable().meta({ description: "Null for a run that was out of reach." }),
    customer: z.string().nullable(),
    model: z.string().nullable(),
    status_code: z.enum(RUN_STATUSES).nullable().meta({ description: "Current." }),
    run_created_at: Timestamp.nullable(),
    is_excluded: z.boolean(),
    outcome: z
      .union(ITEM_OUTCOMES.map((outcome) => z.literal(outcome)))
      .nullable()
      .meta({ description: "The status that a single cancel would have answered; null before." }),
    entry_id: Uuid.nullable().meta({ description: "The audit entry, for outcome 201." }),
    settled_at: Timestamp.nullable(),
  })
  .meta({ id: "CancellationBatchItem" });
export type BatchItem = z.infer<typeof BatchItem>;

export const BatchItemPage = pageOf(BatchItem).meta({ id: "CancellationBatchItemPage" });
export type BatchItemPage = z.infer<typeof BatchItemPage>;

/** Stops at the first wrong id, so that 100,000 of them cause one error. */
const RunIds = z
  .array(z.string().meta({ format: "uuid" }))
  .superRefine((ids, context) => {
    const refuse = (path: number[], type: string, message: string) =>
      context.addIssue({ code: "custom", path, message, params: { type } });
    if (ids.length === 0) return refuse([], "plan_empty", "Name at least one run.");
    if (ids.length > BATCH_MOST_RUNS)
      return refuse([], "too_many_runs", "A plan can have at most 100,000 runs.");
    const seen = new Set<string>();
    for (const [index, text] of ids.entries()) {
      const id = parseUuid(text);
      if (id === undefined) return refuse([index], "guid_format", "This is not a run ID.");
      if (seen.has(id)) return refuse([index], "repeated", "This run is listed twice.");
      seen.add(id);
    }
  })
  .meta({ description: "At most 100,000, each once." });

export const PlanBody = z
  .strictObject({
    reason: Reason,
    run_ids: RunIds.nullish(),
    q: z
      .string()
      .max(4000)
      .refine((text) => text.trim() !== "", "An empty expression would match every run.")
      .nullish()
      .meta({
        description:
          "Selects the runs in reach that match, as in `GET /v1/admin/runs`, and freezes their ids.",
      }),
    org_id: Uuid.nullish().meta({ description: "Only runs of this customer." }),
  })
  .superRefine(({ run_ids, q }, context) => {
    const given = [run_ids, q].filter((part) => part !== undefined && part !== null).length;
    if (given === 1) return;
    const message = given === 0 ? "Give run_ids or q." : "Give run_ids or q, not both.";
    const type = given === 0 ? "missing" : "value_error";
    context.addIssue({ code: "custom", path: ["run_ids"], message, params: { type } });
  })
  .meta({ id: "CancellationPlanRequest" });
export type PlanBody = z.infer<typeof PlanBody>;

const RateLimit = z.int().min(1).max(10_000).nullable();

export const BatchChangeBody = z
  .strictObject({
    exclude_run_ids: RunIds.optional().meta({ description: "Leaves runs out. Only before it starts." }),
    include_run_ids: RunIds.optional().meta({
      description: "Puts runs back that were left out. Only before it starts.",
    }),
    runs_per_second_limit: RateLimit.optional().meta({
      description: "Slows the batch down, also while it runs; null for full speed.",
    }),
  })
  .superRefine(({ exclude_run_ids: excluded, include_run_ids: included, runs_per_second_limit }, context) => {
    const refuse = (path: (string | number)[], type: string, message: string) =>
      context.addIssue({ code: "custom", path, message, params: { type } });
    if (!excluded && !included && runs_per_second_limit === undefined)
      return refuse([], "value_error", "Give exclude_run_ids, include_run_ids or runs_per_second_limit.");
    const left = new Set(excluded?.map(parseUuid));
    const both = included?.findIndex((id) => left.has(parseUuid(id))) ?? -1;
    if (both >= 0)
      refuse(["include_run_ids", both], "included_and_excluded", "This run is also in exclude_run_ids.");
  })
  .meta({ id: "CancellationBatchChange" });
export type BatchChangeBody = z.infer<typeof BatchChangeBody>;

export const ExecutionBody = z
  .strictObject({
    expected_count: Count.meta({ description: "`counts.cancelable` as the caller last read it." }),
  })
  .meta({ id: "CancellationBatchExecution" });

export const BatchListQuery = z.strictObject({
  state: z.enum(BATCH_STATES).optional(),
  limit: Limit,
  pq: Cursor,
  from_prev: FromPrev,
});
export type BatchListQuery = z.infer<typeof BatchListQuery>;

export const ITEM_FILTERS = ["201", "200", "404", "409", "503", "pending", "open", "excluded"] as const;
export type ItemFilter = (typeof ITEM_FILTERS)[number];

export const BatchItemQuery = z.strictObject({
  outcome: z
    .enum(ITEM_FILTERS)
    .optional()
    .meta({ description: "`pending`: without an outcome; `open`: those of them that have not ended." }),
  limit: Limit,
  pq: Cursor,
  from_prev: FromPrev,
});
export type BatchItemQuery = z.infer<typeof BatchItemQuery>;

export const ReceiptQuery = z.strictObject({ format: z.enum(["csv", "ndjson"]).default("csv") });

export const ReceiptLine = z.object({
  run_id: Uuid,
  org_id: Uuid.nullable(),
  customer: z.string().nullable(),
  model: z.string().nullable(),
  outcome: z.union(ITEM_OUTCOMES.map((outcome) => z.literal(outcome))).nullable(),
  entry_id: Uuid.nullable(),
  settled_at: Timestamp.nullable(),
});
export type ReceiptLine = z.infer<typeof ReceiptLine>;

/** 100,000 ids in JSON, with room for white space. */
const MAX_PLAN_BYTES = 6 * 1024 * 1024;
const PATH = "/v1/admin/cancellation-batches";
const KEPT = { within: "org_ids", notFound: "CANCELLATION_BATCH_NOT_FOUND" } as const;
const NAMED = `${PATH}/{batch_id}` as const;
const ACCEPTED = { 202: { description: "The batch, as it is now.", body: CancellationBatch } };

export const planCancellationBatchOperation = defineOperation({
  id: "planCancellationBatch",
  method: "POST",
  path: PATH,
  summary: "Plan a bulk cancellation",
  description:
    "Freezes the ids of the runs, at most 100,000, and changes none of them. `plan_empty`: no run matches; " +
    "`too_many_runs`: more than 100,000 match; `filter_too_slow`: the expression takes too long.",
  access: admin("runs.cancel.bulk"),
  audits: "batch.created",
  body: PlanBody,
  maxBodyBytes: MAX_PLAN_BYTES,
  idempotent: KEPT,
  responses: { 201: { description: "The plan.", body: CancellationBatch } },
});

export const listCancellationBatchesOperation = defineOperation({
  id: "listCancellationBatches",
  method: "GET",
  path: PATH,
  summary: "List bulk cancellations, newest first",
  description: "A batch is in reach when all its customers are.",
  access: admin("runs.read"),
  query: BatchListQuery,
  responses: { 200: { description: "A page of batches.", body: CancellationBatchPage } },
});

export const getCancellationBatchOperation = defineOperation({
  id: "getCancellationBatch",
  method: "GET",
  path: NAMED,
  summary: "Read a bulk cancellation with its progress",
  access: admin("runs.read"),
  responses: { 200: { description: "The batch.", body: CancellationBatch } },
});

export const changeCancellationBatchOperation = defineOperation({
  id: "changeCancellationBatch",
  method: "PATCH",
  path: NAMED,
  summary: "Leave runs out of a plan, put them back, or change its speed",
  access: admin("runs.cancel.bulk"),
  audits: exempt(
    "A plan changes no run. Its items record which were excluded, and the entry about its start has the count.",
  ),
  body: BatchChangeBody,
  maxBodyBytes: MAX_PLAN_BYTES,
  refusals: [409],
  responses: { 200: { description: "The batch.", body: CancellationBatch } },
});

export const startCancellationBatchOperation = defineOperation({
  id: "startCancellationBatch",
  method: "POST",
  path: `${NAMED}/execution`,
  summary: "Start a bulk cancellation",
  description:
    "Workers cancel the runs with the same guarded statement as a single cancel, each with its own audit entry. " +
    "409 `plan_changed` when another number of runs is cancelable now, `plan_started`, `plan_expired`.",
  access: admin("runs.cancel.bulk"),
  audits: "batch.started",
  body: ExecutionBody,
  idempotent: KEPT,
  responses: ACCEPTED,
});

export const abortCancellationBatchOperation = defineOperation({
  id: "abortCancellationBatch",
  method: "POST",
  path: `${NAMED}/abortion`,
  summary: "Abort a bulk cancellation",
  description:
    "No run is canceled after the response; those that already were stay canceled. 409 `batch_not_running`.",
  access: admin("runs.cancel.bulk"),
  audits: "batch.aborted",
  idempotent: KEPT,
  responses: ACCEPTED,
});

export const retryCancellationBatchOperation = defineOperation({
  id: "retryCancellationBatch",
  method: "POST",
  path: `${NAMED}/retries`,
  summary: "Retry what failed",
  description:
    "Attempts the runs with the outcomes 404, 409 and 503 again, in the name of the caller. 409 `batch_running`, " +
    "`plan_not_started`, `nothing_to_retry`, `approval_required` unless a second person approved the start or the retry.",
  access: admin("runs.cancel.bulk"),
  audits: "batch.started",
  idempotent: KEPT,
  responses: ACCEPTED,
});

export const listCancellationBatchItemsOperation = defineOperation({
  id: "listCancellationBatchItems",
  method: "GET",
  path: `${NAMED}/items`,
  summary: "List the runs of a bulk cancellation with their outcomes",
  access: admin("runs.read"),
  query: BatchItemQuery,
  responses: { 200: { description: "A page of runs, by id.", body: BatchItemPage } },
});

export const getCancellationReceiptOperation = defineOperation({
  id: "getCancellationReceipt",
  method: "GET",
  path: `${NAMED}/receipt`,
  summary: "Download the receipt of a bulk cancellation",
  description: "Every run that was not excluded, by id, with its outcome, entry and time.",
  access: admin("runs.read"),
  query: ReceiptQuery,
  responses: {
    200: {
      description: "A line for each run.",
      body: ReceiptLine,
      mediaType: "application/x-ndjson",
      orElse: { "text/csv": z.string() },
    },
  },
});

export type { BatchState, ItemOutcome };
