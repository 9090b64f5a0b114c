import { z } from "zod";
import { AuditEntry } from "./audit";
import { admin, defineOperation } from "./operation";
import { Uuid } from "./values";

const Hash = z.string().regex(/^[0-9a-f]{64}$/);

export const AuditProof = z
  .object({
    format: z.literal("runflow-audit-proof/v1"),
    checkpoint: z.string().meta({ description: "The whole signed note." }),
    keys: z.array(z.string()).meta({
      description:
        "Verifier keys of the signatures. Use copies kept elsewhere if you don't trust the server.",
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
      "A checkpoint with the head of each organization's chain and its place in the checkpoint's tree.",
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
      "The entry, and its organization's later entries up to the head that the first checkpoint after it covers. Before such a checkpoint exists, the entry alone and no proof.",
  });
export type AuditEntryProof = z.infer<typeof AuditEntryProof>;

export const getAuditEntryProofOperation = defineOperation({
  id: "getAuditEntryProof",
  method: "GET",
  path: "/v1/admin/audit-log/{id}/proof",
  summary: "Get the proof of an audit entry",
  access: admin("audit.read"),
  refusals: [409],
  responses: { 200: { description: "The entry with its proof.", body: AuditEntryProof } },
});
