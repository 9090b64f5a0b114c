import { z } from "zod";
import { admin, defineOperation } from "./operation";
import { Timestamp, Uuid } from "./values";

export const SecurityEvent = z
  .object({
    id: Uuid,
    occurred_at: Timestamp,
    kind: z.enum(["request.refused", "sign_in.failed"]),
    status: z.int(),
    code: z.string(),
    method: z.string(),
    path: z.string(),
    actor: z.object({
      type: z.string().nullable(),
      id: Uuid.nullable(),
      name: z.string().nullable(),
      key_prefix: z.string().nullable(),
    }),
    org_id: Uuid.nullable(),
    context: z.object({
      ip: z.string().nullable(),
      user_agent: z.string().nullable(),
      request_id: z.string(),
    }),
    detail: z.record(z.string(), z.unknown()).nullable(),
  })
  .meta({ id: "SecurityEvent", description: "A refused or failed attempt." });
export type SecurityEvent = z.infer<typeof SecurityEvent>;

export const SecurityPage = z
  .object({
    items: z.array(SecurityEvent),
    first: z.string().nullable(),
    next: z.string().nullable(),
    previous: z.string().nullable(),
  })
  .meta({ id: "SecurityPage" });

export const SecurityListQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(500).default(50),
  pq: z.string().max(6000).optional(),
  from_prev: z.enum(["true", "false"]).optional(),
});

export const listSecurityEventsOperation = defineOperation({
  id: "listSecurityEvents",
  method: "GET",
  path: "/v1/admin/security-events",
  summary: "List refused and failed attempts, newest first",
  access: admin("security.read"),
  query: SecurityListQuery,
  responses: { 200: { description: "A page of events.", body: SecurityPage } },
});
