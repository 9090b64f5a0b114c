import type { CredentialAccess } from "@/lib/contract/operation";
import { SIGNED_IN_AS_HEADER } from "@/lib/contract/signed-in-as";
import type { Db } from "@/lib/db/client";
import { env } from "@/lib/env";
import { Refusal } from "@/lib/errors";
import { authenticate } from "@/lib/identity/authenticate";
import type { Caller } from "@/lib/identity/caller";
import { narrowReach } from "@/lib/identity/narrow-reach";
import type { Exchange } from "./exchange";
import { countRequest, refuseCredential } from "./rate-limit";
import { isFromElsewhere, isSameOrigin } from "./same-origin";

/**
 * The checks that come before a request's content is looked at, in the contract's order; the first failure answers.
 * The exchange learns who is calling as soon as that is known, so that a later refusal can be put down to them.
 * @param mayRecall whether a remembered caller will do
 * @throws Refusal 401, 403 or 429
 */
export async function admit(
  db: Db,
  request: Request,
  { access, leavesEntry }: { access: CredentialAccess; leavesEntry: boolean },
  exchange: Exchange,
  mayRecall: boolean,
): Promise<Caller> {
  exchange.caller = undefined;
  const caller = await authenticate(db, request.headers, mayRecall);
  if (!caller) throw await refuseCredential(request.headers);
  exchange.caller = caller;
  if (access.admin && !caller.isAdmitted) throw await refuseCredential(request.headers);
  const confined = await confine(db, request.headers, access, caller);

  const isChange = request.method !== "GET" && request.method !== "HEAD";
  const isForeign = isChange
    ? !isSameOrigin(request.headers, env().NEXTAUTH_URL)
    : // Or a link on any page would have the trail say that whoever follows it did this.
      leavesEntry && isFromElsewhere(request.headers);
  if (caller.kind === "session" && isForeign) {
    const msg = "A change made with a session must come from the console's own pages.";
    throw new Refusal("PERMISSION_DENIED", {
      errors: [{ type: "cross_origin_request", loc: ["header", "origin"], msg }],
    });
  }
  if (caller.kind === "session" && (isChange || leavesEntry)) refuseOthersPage(request.headers, caller);
  // A second attempt at the same request is not a second request.
  if (!exchange.isCounted) await countRequest(caller.credentialId);
  exchange.isCounted = true;
  return confined;
}

/** What a page asks for is put down to whoever is signed in by then, and must not be if that is not whom the page names. */
function refuseOthersPage(headers: Headers, { person }: Caller): void {
  const id = headers.get(SIGNED_IN_AS_HEADER);
  if (id === null || id === person.id) return;
  const message = "Since this page was opened, somebody else has signed in in this browser; load it again.";
  const loc = ["header", SIGNED_IN_AS_HEADER.toLowerCase()];
  throw new Refusal("PERMISSION_DENIED", {
    message,
    errors: [{ type: "signed_in_as_another", loc, msg: message }],
  });
}

/**
 * The caller of a request that was admitted, read anew.
 * @throws Refusal when they may not make it any more
 */
export async function readAgain(db: Db, headers: Headers, access: CredentialAccess): Promise<Caller> {
  const caller = await authenticate(db, headers);
  if (!caller || (access.admin && !caller.isAdmitted)) throw new Refusal("UNAUTHORIZED");
  return confine(db, headers, access, caller);
}

async function confine(db: Db, headers: Headers, access: CredentialAccess, caller: Caller): Promise<Caller> {
  if (!caller.person.isVerified) throw new Refusal("EMAIL_NOT_VERIFIED");
  if (access.permission && !caller.permissions.has(access.permission)) throw new Refusal("PERMISSION_DENIED");
  const orgId = headers.get("x-organization-id");
  return orgId === null ? caller : { ...caller, reach: await narrowReach(db, caller.reach, orgId) };
}
