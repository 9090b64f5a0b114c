import { z } from "zod";
import { RUN_STATUSES, RUN_SOURCES } from "@/lib/states/run";
import { admin, defineOperation } from "./operation";
import { Timestamp, Uuid } from "./values";

export const STUCK_FACTOR_MIN = 1;
export const STUCK_FACTOR_MAX = 100;

/** A run is stuck after this many times its model's p95. */
export const StuckFactor = z
  .number()
  .min(STUCK_FACTOR_MIN)
  .max(STUCK_FACTOR_MAX)
  .multipleOf(0.1)
  .meta({ example: 2.5, description: "How many times the p95 a run may take before it counts as stuck." });

export const Model = z
  .object({
    id: Uuid,
    slug: z.string(),
    kind: z.string(),
    envelope: z
      .object({
        source: z.enum(["rolling", "published"]),
        p50_ms: z.int(),
        p95_ms: z.int(),
        p99_ms: z.int().nullable(),
        samples: z.int(),
        computed_at: Timestamp.nullable(),
      })
      .meta({
        description:
          "How long a run typically takes, from queued to finished. `rolling`: of the successes of the last 7 days, which " +
          "`samples` counts; `published`, without a p99, while there are fewer than 50.",
      }),
    stuck_factor: z.number(),
    stuck_after_ms: z.int(),
  })
  .meta({ id: "Model" });
export type Model = z.infer<typeof Model>;

export const ModelList = z.object({ items: z.array(Model) });

export const UpdateModelBody = z.strictObject({ stuck_factor: StuckFactor }).meta({ id: "UpdateModel" });
export type UpdateModelBody = z.infer<typeof UpdateModelBody>;

export const listModelsOperation = defineOperation({
  id: "listModels",
  method: "GET",
  path: "/v1/admin/models",
  summary: "List models with their typical times",
  access: admin("runs.read"),
  responses: { 200: { description: "All models, by slug.", body: ModelList } },
});

export const updateModelOperation = defineOperation({
  id: "updateModel",
  method: "PATCH",
  path: "/v1/admin/models/{id}",
  summary: "Set the threshold beyond which a model's runs count as stuck",
  description: "Only for callers who reach every organization, because all of them share the model.",
  access: admin("models.manage"),
  audits: "model.updated",
  body: UpdateModelBody,
  responses: { 200: { description: "The model.", body: Model } },
});

/** At most this many stuck runs are counted, and shown with the highest ratio first. */
export const MOST_STUCK = 500;

export const StuckRun = z
  .object({
    id: Uuid,
    org_id: Uuid,
    model_id: Uuid,
    model: z.string(),
    source_code: z.enum(RUN_SOURCES),
    status_code: z.enum(RUN_STATUSES),
    created_at: Timestamp,
    p95_ms: z.int(),
    stuck_factor: z.number(),
    /** How many times the p95, at the time of the response. */
    ratio: z.number(),
  })
  .meta({ id: "StuckRun", description: "A run that has not ended and is past its model's threshold." });
export type StuckRun = z.infer<typeof StuckRun>;

export const StuckRuns = z
  .object({ items: z.array(StuckRun), has_more: z.boolean() })
  .meta({ id: "StuckRuns" });
export type StuckRuns = z.infer<typeof StuckRuns>;

export const StuckCount = z
  .object({ count: z.int().max(MOST_STUCK), has_more: z.boolean() })
  .meta({ id: "StuckCount", description: `No more than ${MOST_STUCK} are counted.` });
export type StuckCount = z.infer<typeof StuckCount>;

export const StuckRunsQuery = z.strictObject({
  model: z.string().max(300).optional().meta({ description: "A model's slug." }),
  limit: z.coerce.number().int().min(1).max(MOST_STUCK).default(50),
});
export type StuckRunsQuery = z.infer<typeof StuckRunsQuery>;

export const listStuckRunsOperation = defineOperation({
  id: "listStuckRuns",
  method: "GET",
  path: "/v1/admin/runs/stuck",
  summary: "List stuck runs, worst ratio first",
  description:
    "Runs that have not ended and have taken more than `stuck_factor` times the p95 of their model. There are no " +
    "pages: ratios grow at different rates, so the order keeps changing.",
  access: admin("runs.read"),
  query: StuckRunsQuery,
  responses: { 200: { description: "The worst ones.", body: StuckRuns } },
});

export const countStuckRunsOperation = defineOperation({
  id: "countStuckRuns",
  method: "GET",
  path: "/v1/admin/runs/stuck/count",
  summary: "Count stuck runs",
  access: admin("runs.read"),
  responses: { 200: { description: "The number of stuck runs in reach.", body: StuckCount } },
});
