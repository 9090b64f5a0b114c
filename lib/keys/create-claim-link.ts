import { writeEntry } from "@/lib/audit/trail/write-entry";
import type { PendingApiKey } from "@/lib/contract/keys";
import type { Db } from "@/lib/platform/db/client";
import { conflict, Refusal } from "@/lib/platform/errors";
import type { RequestContext } from "@/lib/states/audit-entry";
import type { Caller } from "@/lib/states/caller";
import { makeClaimLink } from "./claim-link";
import { confirmKey } from "./confirm-key";
import { getKey } from "./get-key";

type CreateClaimLink = { caller: Caller; context: RequestContext; keyId: string };

/**
 * Replaces the link of a pending key that the caller made: anyone who has a link can claim the key.
 * @throws Refusal KEY_NOT_FOUND
 * @throws Refusal PERMISSION_DENIED `maker_must_be_you`
 * @throws Refusal CONFLICT `key_not_pending`
 * @throws Refusal UNAUTHORIZED for a caller's key that was revoked a moment ago
 */
export function createClaimLink(db: Db, { caller, context, keyId }: CreateClaimLink): Promise<PendingApiKey> {
  return db.$transaction(async (tx) => {
    if (caller.kind === "service") await confirmKey(tx, caller.credentialId);
    const { id, name, prefix, maker } = await getKey(tx, caller.reach, keyId);
    if (maker?.id !== caller.person.id) throw notMaker();
    const { link, row } = makeClaimLink();
    // Locks the link's row, so that either its claim comes first or the old link is dead.
    const { count } = await tx.keyClaim.updateMany({ where: { keyId: id, usedAt: null }, data: row });
    const key = await getKey(tx, caller.reach, id);
    if (count === 0 || key.state !== "pending")
      throw conflict("key_not_pending", "The key was claimed or stopped, so it needs no link.");
    await writeEntry(tx, {
      caller,
      context,
      orgId: key.org_id!,
      action: "key.link_created",
      target: { type: "key", id, label: `${name} ${prefix}` },
      meta: { kind: key.kind, owner: key.owner, maker },
    });
    return { ...key, link };
  });
}

function notMaker(): Refusal {
  const message =
    "Only the person who made this key can make a link for it. Revoke it and create another one.";
  const errors = [{ type: "maker_must_be_you", loc: ["path", "key_id"], msg: message }];
  return new Refusal("PERMISSION_DENIED", { message, errors });
}
