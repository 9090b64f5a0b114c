import { v7 as uuidv7 } from "uuid";
import { writeEntry } from "@/lib/audit/trail/write-entry";
import type { CreateKeyBody, NewApiKey } from "@/lib/contract/keys";
import { formatTimestamp } from "@/lib/contract/values";
import { generateKey, hashKey } from "@/lib/identity/key";
import type { Db } from "@/lib/platform/db/client";
import { invalid, Refusal } from "@/lib/platform/errors";
import type { RequestContext } from "@/lib/states/audit-entry";
import type { Caller } from "@/lib/states/caller";
import { keyPrefix } from "@/lib/states/key";
import { PLATFORM_ORG_ID } from "@/lib/states/platform-org";
import { confirmKey } from "./confirm-key";
import { findKeyOwner } from "./find-key-owners";
import { getKey } from "./get-key";
import { reachOf, refuseBeyondCaller, refuseBeyondOwner } from "./refuse-escalation";

type CreateKey = { caller: Caller; context: RequestContext; body: CreateKeyBody };

/**
 * Creates a key. Only this response contains it; the database has its prefix and hash.
 * @throws Refusal PERMISSION_DENIED, ORGANIZATION_MEMBERSHIP_REQUIRED for a key that could do more than its
 * creator
 * @throws Refusal VALIDATION_ERROR for an owner who can't own it, or an expiry in the past
 * @throws Refusal UNAUTHORIZED for a creator that was revoked a moment ago
 */
export async function createKey(db: Db, { caller, context, body }: CreateKey): Promise<NewApiKey> {
  const expiresAt = body.expires_at ? new Date(body.expires_at) : null;
  const [id, key, reach] = [uuidv7(), generateKey(body.kind), reachOf(body)];
  const orgId = body.kind === "inference" ? body.org_id.toLowerCase() : null;
  const scopes = body.kind === "service" ? body.scopes : [];
  return db.$transaction(async (tx) => {
    if (caller.kind === "service") await confirmKey(tx, caller.credentialId);
    const owner = await findKeyOwner(tx, body.owner_id, orgId ?? undefined);
    refuseBeyondCaller(caller, body, owner);
    if (expiresAt && expiresAt.getTime() <= Date.now()) {
      throw invalid(["body", "expires_at"], "not_in_future", "The expiry must be in the future.");
    }
    await refuseUnknown(tx, reach.all ? [] : reach.orgIds);
    if (!owner) throw invalid(["body", "owner_id"], "no_owner", OWNERS[body.kind]);
    if (body.kind === "service") refuseBeyondOwner(owner, body);
    await tx.apiKey.create({
      data: {
        id,
        kind: body.kind,
        name: body.name,
        prefix: keyPrefix(key),
        hash: hashKey(key),
        ownerId: owner.id,
        orgId,
        scopes,
        reachesAllOrgs: reach.all,
        expiresAt,
      },
      select: { id: true },
    });
    if (body.kind === "service" && !reach.all)
      await tx.$executeRaw`SELECT give_reach(${id}::uuid, ${[...reach.orgIds]}::uuid[])`;
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
        scopes: made.scopes,
        reach: made.reach,
        expires_at: expiresAt && formatTimestamp(expiresAt),
      },
    });
    return { ...made, key };
  });
}

const OWNERS = {
  service: "The owner must be enabled staff with a verified email.",
  inference:
    "The owner must be one of the organization's people, or staff with access to it who may reveal " +
    "payloads; enabled, with a verified email.",
};

/** Same error for missing organizations as for those out of reach, even for callers who reach all. */
async function refuseUnknown(tx: Db, orgIds: readonly string[]): Promise<void> {
  const known = await tx.organization.count({ where: { id: { in: [...orgIds] } } });
  if (known !== orgIds.length) throw new Refusal("ORGANIZATION_MEMBERSHIP_REQUIRED");
}
