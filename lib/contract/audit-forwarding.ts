import { z } from "zod";
import { admin, defineOperation } from "./operation";
import { Timestamp } from "./values";

export const AuditForwarding = z
  .object({
    target: z.string().meta({ description: "The endpoint's URL, without parts that may be secret." }),
    position: z.int().meta({ description: "The last position that it has accepted." }),
    lacking: z.int().meta({ description: "How many sealed entries it doesn't have yet." }),
    lacking_since: Timestamp.nullable().meta({
      description: "When the oldest of these was sealed; null when it has everything.",
    }),
    failures: z.int().meta({ description: "How many times in a row sending has failed." }),
    last_error: z.string().nullable(),
    tried_at: Timestamp.meta({ description: "When something was last sent." }),
  })
  .meta({
    id: "AuditForwarding",
    description: "An endpoint that the trail is forwarded to, with its progress.",
  });
export type AuditForwarding = z.infer<typeof AuditForwarding>;

export const listAuditForwardingOperation = defineOperation({
  id: "listAuditForwarding",
  method: "GET",
  path: "/v1/admin/audit-log/forwarding",
  summary: "List the endpoints that the audit trail is forwarded to",
  description:
    "Every endpoint ever configured, the most recently tried first. One that lacks entries but was not tried for minutes " +
    "is no longer configured, or no worker is running.",
  access: admin("audit.read"),
  responses: {
    200: { description: "All endpoints.", body: z.object({ items: z.array(AuditForwarding) }) },
  },
});
