import { z } from "zod";
import { Moment } from "./moment-text";
import { type ErrorCode, ERRORS } from "./errors";
import { admin, defineOperation } from "./operation";
import { Cursor, FromPrev, Limit, pageOf } from "./paging";
import { Timestamp, Uuid } from "./values";

export const SECURITY_EVENT_KINDS = [
  "request.refused",
  "sign_in.failed",
  "sign_in.break_glass",
  "password_link.refused",
  "key_link.refused",
] as const;
const ERROR_CODES = Object.keys(ERRORS) as ErrorCode[];

export const SecurityEvent = z
  .object({
    id: Uuid,
    occurred_at: Timestamp,
    kind: z.enum(SECURITY_EVENT_KINDS),
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

export const SecurityPage = pageOf(SecurityEvent).meta({ id: "SecurityPage" });
export type SecurityPage = z.infer<typeof SecurityPage>;

export const SecurityListQuery = z.strictObject({
  kind: z.enum(SECURITY_EVENT_KINDS).optional(),
  status: z
    .string()
    .regex(/^[45]\d\d$/, "A status is from 400 to 599.")
    .transform(Number)
    .optional()
    .meta({ override: { type: "integer", minimum: 400, maximum: 599 } }),
  code: z.enum(ERROR_CODES).optional(),
  actor_id: Uuid.optional(),
  org_id: Uuid.optional(),
  ip: z
    .union([z.ipv4(), z.ipv6()])
    .optional()
    .meta({ description: "The IP address of the attempt, as shown." }),
  from: Moment.optional().meta({ description: "Earliest time, inclusive." }),
  to: Moment.optional().meta({ description: "Latest time, exclusive." }),
  limit: Limit,
  pq: Cursor,
  from_prev: FromPrev,
});
export type SecurityListQuery = z.infer<typeof SecurityListQuery>;

export const listSecurityEventsOperation = defineOperation({
  id: "listSecurityEvents",
  method: "GET",
  path: "/v1/admin/security-events",
  summary: "List refused and failed attempts, newest first",
  access: admin("security.read"),
  query: SecurityListQuery,
  responses: { 200: { description: "A page of events.", body: SecurityPage } },
});
