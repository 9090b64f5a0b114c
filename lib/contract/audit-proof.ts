import { z } from "zod";
import { AuditEntry } from "./audit";
import { admin, defineOperation } from "./operation";
import { Uuid } from "./values";

const Hash = z.string().regex(/^[0-9a-f]{64}$/);

export const AuditProof = z
  .object({
    format: z.literal("runflow-audit-proof/v1"),
    checkpoint: z.string().meta({ description: "The signed note, whole." }),
    keys: z.array(z.string()).meta({
      description: "Verifier keys of the signatures. Whoever doubts the server takes them from elsewhere.",
    }),
    heads: z.array(
      z.object({
        org_id: Uuid,
        sequence: z.int(),
        hash: Hash,
        index: z.int(),
        path: z.array(Hash),
      }),
    ),
  })
  .meta({
    id: "AuditProof",
    description:
      "A checkpoint, and for each organization the head of its chain with its place in the checkpoint's tree.",
  });
export type AuditProof = z.infer<typeof AuditProof>;

export const AuditEntryProof = z
  .object({
    entries: z.array(AuditEntry),
    proof: AuditProof.nullable(),
  })
  .meta({
    id: "AuditEntryProof",
    description:
      "The entry, and those of its organization that follow up to the head that the first checkpoint after it vouches for. Before there is such a checkpoint, the entry alone, and no proof.",
  });
export type AuditEntryProof = z.infer<typeof AuditEntryProof>;

export const getAuditEntryProofOperation = defineOperation({
  id: "getAuditEntryProof",
  method: "GET",
  path: "/v1/admin/audit-log/{id}/proof",
  summary: "Get what an audit entry is verified with",
  access: admin("audit.read"),
  refusals: [409],
  responses: { 200: { description: "The entry with its proof.", body: AuditEntryProof } },
});
