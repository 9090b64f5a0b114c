import { z } from "zod";
import { anyone, defineOperation } from "./operation";

export const Health = z.object({ status: z.literal("ok"), ok: z.literal(true) }).meta({ id: "Health" });

const Dependency = z.object({ name: z.string(), ok: z.boolean() });

export const Readiness = z
  .object({ ok: z.boolean(), dependencies: z.array(Dependency) })
  .meta({ id: "Readiness" });

export const getHealthOperation = defineOperation({
  id: "getHealth",
  method: "GET",
  path: "/v1/health",
  summary: "Whether the process answers",
  access: anyone,
  responses: { 200: { description: "It does.", body: Health } },
});

export const getReadinessOperation = defineOperation({
  id: "getReadiness",
  method: "GET",
  path: "/v1/readiness",
  summary: "Whether the process can serve, with each dependency",
  access: anyone,
  responses: {
    200: { description: "Every dependency is there.", body: Readiness },
    503: { description: "A dependency is missing.", body: Readiness },
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
