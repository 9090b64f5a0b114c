import { z } from "zod";
import { anyone, defineOperation } from "./operation";

export const Health = z.object({ status: z.literal("ok"), ok: z.literal(true) }).meta({ id: "Health" });

const Dependency = z.object({
  name: z.enum(["database", "queue"]),
  ok: z.boolean(),
  fault: z
    .enum(["unreachable", "read_only", "full", "busy", "locked", "slow", "silent", "other"])
    .nullable()
    .meta({ description: "The fault; `silent`: no response within three seconds." }),
});

const Background = z
  .object({
    worker_is_alive: z.boolean(),
    sealer_is_alive: z.boolean(),
    seal_lag_seconds: z.number().meta({ description: "The age of the oldest unsealed audit entry." }),
  })
  .meta({ description: "State of the background workers. It doesn't affect readiness." });

export const Readiness = z
  .object({
    ok: z.boolean(),
    stopping: z.boolean().meta({
      description:
        "Whether the process is about to stop: it still responds, but load balancers should avoid it.",
    }),
    dependencies: z.array(Dependency),
    background: Background.nullable(),
  })
  .meta({ id: "Readiness" });
export type Readiness = z.infer<typeof Readiness>;

export const getHealthOperation = defineOperation({
  id: "getHealth",
  method: "GET",
  path: "/v1/health",
  summary: "Check whether the process responds",
  access: anyone,
  responses: { 200: { description: "It does.", body: Health } },
});

export const getReadinessOperation = defineOperation({
  id: "getReadiness",
  method: "GET",
  path: "/v1/readiness",
  summary: "Check whether the process can serve requests, with each dependency and the workers",
  access: anyone,
  responses: {
    200: { description: "Every dependency works, and the database is writable.", body: Readiness },
    503: {
      description: "A dependency is missing, read-only, full or silent, or the process is about to stop.",
      body: Readiness,
    },
  },
});

export const getOpenApiOperation = defineOperation({
  id: "getOpenApi",
  method: "GET",
  path: "/v1/openapi.json",
  summary: "This document",
  access: anyone,
  responses: { 200: { description: "OpenAPI 3.1.", body: z.looseObject({ openapi: z.string() }) } },
});
