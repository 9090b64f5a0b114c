import { revealPayloadOperation } from "@/lib/contract/payloads";
import { revealPayload } from "@/lib/payloads/reveal-payload";
import { bind, endpoint } from "@/lib/platform/http/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: bind(revealPayloadOperation, async ({ db, caller, context, params, body }) => ({
    status: 201,
    body: await revealPayload(db, {
      caller,
      context,
      runId: String(params["run_id"]),
      reason: body.reason,
    }),
  })),
});
