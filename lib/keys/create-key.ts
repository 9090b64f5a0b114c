import { v7 as uuidv7 } from "uuid";
import { writeEntry } from "@/lib/audit/trail/write-entry";
import type { CreateKeyBody, NewApiKey } from "@/lib/contract/keys";
import { formatTimestamp } from "@/lib/contract/values";
import { generateKey, hashKey } from "@/lib/identity/key";
import type { Db } from "@/lib/platform/db/client";
import { invalid, Refusal } from "@/lib/platform/errors";
import type { RequestContext } from "@/lib/states/audit-entry";
import type { Caller } from "@/lib/states/caller";
import { keyPrefix, PENDING_PREFIX } from "@/lib/states/key";
import { PLATFORM_ORG_ID } from "@/lib/states/platform-org";
import { openClaimLink } from "./claim-link";
import { confirmKey } from "./confirm-key";
import { findKeyOwner } from "./find-key-owners";
import { getKey } from "./get-key";
import { reachOf, refuseBeyondCaller } from "./refuse-escalation";

type CreateKey = {
  caller: Caller;
  context: RequestContext;
  body: CreateKeyBody;
  /** The caller's own key again, which adds nothing to the old one's power. */
  isOwnAgain?: boolean;
};

/**
 * Creates a key. Only this response contains it; the database has its prefix and hash. A key for a customer's
 * person has no secret until they claim it; the response has their link.
 * @throws Refusal PERMISSION_DENIED `owner_must_be_you` for another member of staff
 * @throws Refusal PERMISSION_DENIED, ORGANIZATION_MEMBERSHIP_REQUIRED for a key that could do more than its
 * maker
 * @throws Refusal VALIDATION_ERROR for an owner who can't own it, or an expiry in the past
 * @throws Refusal UNAUTHORIZED for a creator that was revoked a moment ago
 */
export async function createKey(
  db: Db,
  { caller, context, body, isOwnAgain = false }: CreateKey,
): Promise<NewApiKey> {
  const expiresAt = body.expires_at ? new Date(body.expires_at) : null;
  const [id, reach] = [uuidv7(), reachOf(body)];
  const ownerId = body.owner_id?.toLowerCase() ?? caller.person.id;
  const orgId = body.kind === "inference" ? body.org_id.toLowerCase() : null;
  const scopes = body.kind === "service" ? body.scopes : [];
  return db.$transaction(async (tx) => {
    if (caller.kind === "service") await confirmKey(tx, caller.credentialId);
    const owner = await findKeyOwner(tx, ownerId, orgId ?? undefined);
    if (ownerId !== caller.person.id && (body.kind === "service" || owner?.role)) throw notYours();
    if (isOfAnotherMaker(caller)) throw notYours(MADE_BY_ANOTHER);
    const isPending = ownerId !== caller.person.id;
    const key = isPending ? null : generateKey(body.kind);
    if (!isOwnAgain) refuseBeyondCaller(caller, body, owner);
    if (expiresAt && expiresAt.getTime() <= Date.now()) {
      throw invalid(["body", "expires_at"], "not_in_future", "The expiry must be in the future.");
    }
    await refuseUnknown(tx, reach.all ? [] : reach.orgIds);
    if (!owner) throw invalid(["body", "owner_id"], "no_owner", OWNERS);
    await tx.apiKey.create({
      data: {
        id,
        kind: body.kind,
        name: body.name,
        prefix: key === null ? PENDING_PREFIX : keyPrefix(key),
        hash: key === null ? null : hashKey(key),
        ownerId: owner.id,
        createdBy: caller.person.id,
        orgId,
        scopes,
        reachesAllOrgs: reach.all,
        expiresAt,
      },
      select: { id: true },
    });
    if (body.kind === "service" && !reach.all)
      await tx.$executeRaw`SELECT give_reach(${id}::uuid, ${[...reach.orgIds]}::uuid[])`;
    const link = isPending ? await openClaimLink(tx, id) : null;
    const made = await getKey(tx, { all: true }, id);
    await writeEntry(tx, {
      caller,
      context,
      orgId: orgId ?? PLATFORM_ORG_ID,
      action: "key.created",
      target: { type: "key", id, label: `${made.name} ${made.prefix}` },
      meta: {
        kind: made.kind,
        owner: made.owner,
        maker: made.maker,
        scopes: made.scopes,
        reach: made.reach,
        expires_at: expiresAt && formatTimestamp(expiresAt),
        ...(isPending && { is_pending: true }),
      },
    });
    return { ...made, key, link };
  });
}

const OWNERS =
  "The owner must be one of the organization's people, or yourself if you can access it and may reveal payloads; " +
  "enabled, with a verified email.";

const FOR_YOURSELF = "You can make keys for yourself and for customers' people, not for colleagues.";
const MADE_BY_ANOTHER = "Someone else made this key for its owner, so it can't make keys.";

function notYours(message = FOR_YOURSELF): Refusal {
  const errors = [{ type: "owner_must_be_you", loc: ["body", "owner_id"], msg: message }];
  return new Refusal("PERMISSION_DENIED", { message, errors });
}

/** A key from before, made in a colleague's name. */
const isOfAnotherMaker = ({ actor, person }: Caller): boolean =>
  actor.maker !== undefined && actor.maker.id !== person.id;

/** Same error for missing organizations as for those out of reach, even for callers who reach all. */
async function refuseUnknown(tx: Db, orgIds: readonly string[]): Promise<void> {
  const known = await tx.organization.count({ where: { id: { in: [...orgIds] } } });
  if (known !== orgIds.length) throw new Refusal("ORGANIZATION_MEMBERSHIP_REQUIRED");
}
