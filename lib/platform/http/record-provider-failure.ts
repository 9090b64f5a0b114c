import { addressBlock } from "@/lib/identity/address-block";
import { countProviderFailure } from "@/lib/identity/sign-in-limits";
import { db } from "@/lib/platform/db/client";
import type { OidcProvider } from "@/lib/platform/env/oidc-providers";
import { recordSecurityEvent } from "@/lib/security/record-security-event";
import type { ProviderFailure } from "@/lib/sso/explain-failure";
import type { RequestContext } from "@/lib/states/audit-entry";
import type { ProviderAttempt } from "./provider-sign-in";

const ANSWERS: Partial<Record<ProviderFailure, { status: number; code: string }>> = {
  unreachable: { status: 503, code: "SERVICE_UNAVAILABLE" },
  unavailable: { status: 503, code: "SERVICE_UNAVAILABLE" },
  too_many: { status: 429, code: "RATE_LIMITED" },
  denied: { status: 401, code: "UNAUTHORIZED" },
  invalid: { status: 401, code: "UNAUTHORIZED" },
};

type Refused = {
  provider: OidcProvider;
  attempt: ProviderAttempt;
  failure: ProviderFailure;
  context: RequestContext;
  url: URL;
};

/** Records a failed sign-in with an identity provider. */
export async function recordProviderFailure({
  provider,
  attempt,
  failure,
  context,
  url,
}: Refused): Promise<void> {
  // Anyone can call this, so an address can't fill the table.
  if (await countProviderFailure(addressBlock(context.ip))) return;
  await recordSecurityEvent(db(), {
    kind: "sign_in.failed",
    ...(ANSWERS[failure] ?? { status: 403, code: "PERMISSION_DENIED" }),
    method: "GET",
    path: url.pathname,
    caller: undefined,
    ...(attempt.claimedName !== undefined && { claimedName: attempt.claimedName }),
    context,
    detail: { failure, provider: provider.id },
  });
}
