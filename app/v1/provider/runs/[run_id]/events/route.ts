import {
  applyProviderEventOperation,
  PROVIDER_SIGNATURE_HEADER,
  SIGNATURE_HEADER,
  SIGNATURE_WINDOW_MS as windowMs,
} from "@/lib/contract/provider";
import { env } from "@/lib/platform/env/env";
import { Refusal } from "@/lib/platform/errors";
import { bind, endpoint } from "@/lib/platform/http/endpoint";
import { applyProviderEvent } from "@/lib/runs/apply-provider-event";
import { isProviderRequest, isProviderSignature, isRecent } from "@/lib/runs/provider-signature";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: bind(
    applyProviderEventOperation,
    async ({ db, params, body: event, raw }) => {
      const sentAt = Date.parse(event.sent_at ?? event.occurred_at);
      const isDated = raw.headers.has(PROVIDER_SIGNATURE_HEADER);
      if (!isDated && !isRecent(sentAt, Date.now(), windowMs)) throw new Refusal("UNAUTHORIZED");
      const body = new TextDecoder().decode(raw.bytes);
      const receipt = await applyProviderEvent(db, { runId: String(params["run_id"]), event, body });
      return { status: 200, body: receipt };
    },
    ({ method, path, bytes, headers }) => {
      const { PROVIDER_SECRETS: secrets, PROVIDER_SIGNATURE_VERSIONS: versions } = env();
      const signature = headers.get(PROVIDER_SIGNATURE_HEADER);
      const isSigned =
        signature === null
          ? versions.includes("v1") && isProviderSignature(headers.get(SIGNATURE_HEADER), bytes, secrets)
          : isProviderRequest(signature, { method, path, body: bytes }, secrets, {
              now: Date.now(),
              windowMs,
            });
      if (!isSigned) throw new Refusal("UNAUTHORIZED");
    },
  ),
});
