import { z } from "zod";
import { admin, defineOperation } from "./operation";
import { Timestamp } from "./values";

export const AuditForwarding = z
  .object({
    target: z.string().meta({ description: "The endpoint, without what may be a secret in its address." }),
    position: z.int().meta({ description: "Everything up to there was taken." }),
    lacking: z.int().meta({ description: "How many sealed entries it doesn't have yet." }),
    lacking_since: Timestamp.nullable().meta({
      description: "When the oldest of these was sealed; null while it has everything.",
    }),
    failures: z.int().meta({ description: "How often in a row sending has failed." }),
    last_error: z.string().nullable(),
    tried_at: Timestamp.meta({ description: "When something was sent last." }),
  })
  .meta({ id: "AuditForwarding", description: "An endpoint that the trail is forwarded to, and how far." });
export type AuditForwarding = z.infer<typeof AuditForwarding>;

export const listAuditForwardingOperation = defineOperation({
  id: "listAuditForwarding",
  method: "GET",
  path: "/v1/admin/audit-log/forwarding",
  summary: "List the endpoints that the audit trail is forwarded to",
  description:
    "Every one that was ever configured, the one that was tried last first. One that lacks entries, and that nothing was sent " +
    "to for minutes, is either no longer configured, or no worker is running.",
  access: admin("audit.read"),
  responses: {
    200: { description: "All of them.", body: z.object({ items: z.array(AuditForwarding) }) },
  },
});
