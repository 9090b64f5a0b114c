import { applyProviderEventOperation, SIGNATURE_HEADER, SIGNATURE_WINDOW_MS } from "@/lib/contract/provider";
import { env } from "@/lib/platform/env/env";
import { Refusal } from "@/lib/platform/errors";
import { bind, endpoint } from "@/lib/platform/http/endpoint";
import { applyProviderEvent } from "@/lib/runs/apply-provider-event";
import { isProviderSignature, isRecent } from "@/lib/runs/provider-signature";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: bind(
    applyProviderEventOperation,
    async ({ db, params, body: event, raw }) => {
      const sentAt = Date.parse(event.sent_at ?? event.occurred_at);
      if (!isRecent(sentAt, Date.now(), SIGNATURE_WINDOW_MS)) throw new Refusal("UNAUTHORIZED");
      const body = new TextDecoder().decode(raw.bytes);
      const receipt = await applyProviderEvent(db, { runId: String(params["run_id"]), event, body });
      return { status: 200, body: receipt };
    },
    ({ bytes, headers }) => {
      const isSigned = isProviderSignature(headers.get(SIGNATURE_HEADER), bytes, env().PROVIDER_SECRETS);
      if (!isSigned) throw new Refusal("UNAUTHORIZED");
    },
  ),
});
