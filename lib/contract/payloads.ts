import { z } from "zod";
import { admin, defineOperation } from "./operation";
import { Reason } from "./runs";
import { Timestamp, Uuid } from "./values";

export const PayloadReveal = z.object({ run_id: Uuid, revealed_at: Timestamp, expires_at: Timestamp }).meta({
  id: "PayloadReveal",
  description: "How long a person sees the run's input and output.",
});
export type PayloadReveal = z.infer<typeof PayloadReveal>;

export const revealPayloadOperation = defineOperation({
  id: "revealPayload",
  method: "POST",
  path: "/v1/admin/runs/{run_id}/payload-reveals",
  summary: "Reveal a run's payloads to the caller",
  description:
    "Signed-in people see each value of `input`, `output` and `metadata`, and the payloads of " +
    "deliveries, as `•••` until they reveal them: with a reason, for 15 minutes, with an audit entry. Keys see them unmasked.",
  access: admin("runs.payload.reveal"),
  stepUp: true,
  audits: "run.payload_revealed",
  body: z.strictObject({ reason: Reason }).meta({ id: "RevealPayloadRequest" }),
  responses: { 201: { description: "The payloads are now visible to this person.", body: PayloadReveal } },
});
