import { z } from "zod";
import { admin, defineOperation } from "./operation";
import { Reason } from "./runs";
import { Timestamp, Uuid } from "./values";

export const PayloadReveal = z.object({ run_id: Uuid, revealed_at: Timestamp, expires_at: Timestamp }).meta({
  id: "PayloadReveal",
  description: "For how long a person sees what a run was given and gave back.",
});
export type PayloadReveal = z.infer<typeof PayloadReveal>;

export const revealPayloadOperation = defineOperation({
  id: "revealPayload",
  method: "POST",
  path: "/v1/admin/runs/{run_id}/payload-reveals",
  summary: "Reveal a run's payloads to the person who asks",
  description:
    "To people who are signed in, each value of `input`, `output` and `metadata` is `•••`, and so are the payloads of " +
    "deliveries, until they reveal them: with a reason, for 15 minutes, with an audit entry. Keys see them as they are.",
  access: admin("runs.payload.reveal"),
  audits: "run.payload_revealed",
  body: z.strictObject({ reason: Reason }).meta({ id: "RevealPayloadRequest" }),
  responses: { 201: { description: "The payloads are shown to this person now.", body: PayloadReveal } },
});
