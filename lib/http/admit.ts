import type { CredentialAccess } from "@/lib/contract/operation";
import { Refusal } from "@/lib/errors";
import type { Db } from "@/lib/db/client";
import { authenticate } from "@/lib/identity/authenticate";
import type { Caller } from "@/lib/identity/caller";
import { narrowReach } from "@/lib/identity/narrow-reach";
import { countRequest } from "./rate-limit";
import { isSameOrigin } from "./same-origin";

/**
 * The checks that come before a request's content is looked at, in the contract's order; the first failure answers.
 * @param note told who is calling as soon as that is known, so that a later refusal can be put down to them
 * @throws Refusal 401, 403 or 429
 */
export async function admit(
  db: Db,
  request: Request,
  access: CredentialAccess,
  note: (caller: Caller) => void,
): Promise<Caller> {
  const caller = await authenticate(db, request.headers);
  if (!caller) throw new Refusal("UNAUTHORIZED");
  note(caller);
  if (access.admin && !caller.isAdmitted) throw new Refusal("UNAUTHORIZED");
  if (!caller.person.isVerified) throw new Refusal("EMAIL_NOT_VERIFIED");
  if (access.permission && !caller.permissions.has(access.permission)) throw new Refusal("PERMISSION_DENIED");

  const orgId = request.headers.get("x-organization-id");
  const reach = orgId === null ? caller.reach : await narrowReach(db, caller.reach, orgId);

  const isChange = request.method !== "GET" && request.method !== "HEAD";
  if (caller.kind === "session" && isChange && !isSameOrigin(request.headers)) {
    const msg = "A change made with a session must come from the console's own pages.";
    throw new Refusal("PERMISSION_DENIED", {
      errors: [{ type: "cross_origin_request", loc: ["header", "origin"], msg }],
    });
  }
  await countRequest(caller.credentialId);
  return { ...caller, reach };
}
