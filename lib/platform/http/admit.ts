import type { CredentialAccess } from "@/lib/contract/operation";
import { SIGNED_IN_AS_HEADER } from "@/lib/contract/signed-in-as";
import { findKeyCaller } from "@/lib/identity/find-key-caller";
import { findSignedInCaller } from "@/lib/identity/find-signed-in";
import { isWellFormedKey } from "@/lib/identity/key";
import { narrowReach } from "@/lib/identity/narrow-reach";
import { noteSessionUse } from "@/lib/identity/note-session-use";
import type { Db } from "@/lib/platform/db/client";
import { env } from "@/lib/platform/env/env";
import {
  factorRequired,
  permissionRequired,
  Refusal,
  sessionRequired,
  stepUpRequired,
} from "@/lib/platform/errors";
import { recheckSession } from "@/lib/sso/recheck-session";
import type { Caller } from "@/lib/states/caller";
import { readClientAddress } from "./client-address";
import type { Exchange } from "./exchange";
import { countRequest, refuseCredential } from "./rate-limit";
import { crossOrigin, isFromElsewhere, isSameOrigin } from "./same-origin";

type Requirements = {
  access: CredentialAccess;
  leavesEntry: boolean;
  needsStepUp: boolean;
  needsFactor: boolean;
};

/**
 * The checks before reading a request's body, in the contract's order; the first failure decides. Stores the
 * caller as soon as it is known, so that a later refusal names it.
 * @throws Refusal 401, 403 or 429
 */
export async function admit(
  db: Db,
  request: Request,
  { access, leavesEntry, needsStepUp, needsFactor }: Requirements,
  exchange: Exchange,
): Promise<Caller> {
  const { headers, method } = request;
  const caller = await authenticate(db, headers);
  exchange.caller = caller;
  if (!caller || (access.admin && !caller.isAdmitted)) throw await refuseCredential(headers);
  const confined = await confine(db, headers, access, caller);
  const isChange = method !== "GET" && method !== "HEAD";
  if (caller.kind === "session" && (isChange || leavesEntry)) {
    refuseForeignOrigin(headers, isChange);
    refuseStaleTab(headers, caller);
  }
  if (needsFactor && caller.lacksFactor) throw factorRequired();
  if (needsStepUp && caller.kind === "session" && !caller.isFresh) throw stepUpRequired();
  await countRequest(caller);
  // An open page polls on its own, so only changes count as the person's use of the session.
  if (caller.kind === "session" && isChange) void noteSessionUse(db, caller.credentialId);
  return confined;
}

/**
 * Reads the caller of an admitted request again.
 * @throws Refusal when it may no longer make the request
 */
export async function readAgain(db: Db, headers: Headers, access: CredentialAccess): Promise<Caller> {
  const caller = await authenticate(db, headers);
  if (!caller || (access.admin && !caller.isAdmitted)) throw new Refusal("UNAUTHORIZED");
  return confine(db, headers, access, caller);
}

const BEARER = /^Bearer +([A-Za-z0-9_]+) *$/i;

/**
 * Finds the caller by the Authorization header, if there is one, otherwise by the console's session cookie.
 * @returns undefined for a missing, malformed, unknown, expired, revoked or ended credential, and for a
 * disabled person
 */
async function authenticate(db: Db, headers: Headers): Promise<Caller | undefined> {
  const authorization = headers.get("authorization");
  if (authorization !== null) {
    const key = BEARER.exec(authorization)?.[1];
    if (key === undefined || !isWellFormedKey(key)) return undefined;
    return findKeyCaller(db, key, readClientAddress(headers));
  }
  return findSignedInCaller(db, headers, recheckSession);
}

async function confine(db: Db, headers: Headers, access: CredentialAccess, caller: Caller): Promise<Caller> {
  if (!caller.person.isVerified) throw new Refusal("EMAIL_NOT_VERIFIED");
  if (access.session && caller.kind !== "session") throw sessionRequired();
  if (access.permission && !caller.permissions.has(access.permission))
    throw permissionRequired(access.permission);
  const orgId = headers.get("x-organization-id");
  return orgId === null ? caller : { ...caller, reach: await narrowReach(db, caller.reach, orgId) };
}

/**
 * Prevents CSRF. Reads that write an audit entry count as changes: a link on another site must not act in the
 * name of the person who follows it.
 */
function refuseForeignOrigin(headers: Headers, isChange: boolean): void {
  if (isChange ? isSameOrigin(headers, env().NEXTAUTH_URL) : !isFromElsewhere(headers)) return;
  throw crossOrigin();
}

/** Stale tab: someone else has signed in to the browser since the page was opened. */
function refuseStaleTab(headers: Headers, { person }: Caller): void {
  const id = headers.get(SIGNED_IN_AS_HEADER);
  if (id === null || id === person.id) return;
  const message = "Someone else has signed in to this browser since you opened this page. Reload it.";
  const errors = [
    { type: "signed_in_as_another", loc: ["header", SIGNED_IN_AS_HEADER.toLowerCase()], msg: message },
  ];
  throw new Refusal("PERMISSION_DENIED", { message, errors });
}
