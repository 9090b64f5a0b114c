import { Prisma } from "@/generated/prisma/client";
import type { ApiKey, CreateKeyBody, NewApiKey, RotationBody, ServiceKeyBody } from "@/lib/contract/keys";
import type { Db } from "@/lib/platform/db/client";
import { conflict, permissionRequired, type Refusal } from "@/lib/platform/errors";
import type { RequestContext } from "@/lib/states/audit-entry";
import type { Caller } from "@/lib/states/caller";
import type { RotationOverlap } from "@/lib/states/key";
import { changeKey, MOMENT } from "./change-key";
import { createKey } from "./create-key";
import { getKey } from "./get-key";

const OVERLAP_SECONDS: Record<RotationOverlap, number> = {
  now: 0,
  "1h": 3_600,
  "24h": 24 * 3_600,
  "7d": 7 * 24 * 3_600,
};

type RotateKey = { caller: Caller; context: RequestContext; keyId: string; body: RotationBody };

/**
 * Makes a new key like this one and ends this one after the overlap, both or neither. Only its owner, signed
 * in, or someone who may create such a key. An owner without `keys.manage` can't prolong it: the new key
 * expires when the old one would have.
 * @throws Refusal KEY_NOT_FOUND
 * @throws Refusal PERMISSION_DENIED, as for creating the key
 * @throws Refusal CONFLICT `key_rotated`, `key_revoked`, `key_expired` or `key_suspended`
 */
export async function rotateKey(db: Db, { caller, context, keyId, body }: RotateKey): Promise<NewApiKey> {
  const old = await getKey(db, caller.reach, keyId);
  const mayManage = caller.permissions.has("keys.manage");
  // Not with a key alone: a thief could keep a successor that its owner doesn't know.
  const isOwner = caller.kind === "session" && caller.person.id === old.owner.id;
  if (!mayManage && !isOwner) throw permissionRequired("keys.manage");
  const ended = explainEnd(old);
  if (ended) throw ended;
  return db.$transaction(async (tx) => {
    const made = await createKey(tx, {
      caller,
      context,
      body: likeOf(old, mayManage),
      isOwnAgain: isOwner,
    });
    const isRotated = await changeKey(
      tx,
      { caller, context, keyId: old.id, reason: null },
      rotation(made, OVERLAP_SECONDS[body.overlap]),
    );
    if (isRotated) return { ...made, rotated_from: old.id };
    // A separate statement, so that its snapshot includes the winner's commit.
    throw explainEnd(await getKey(tx, caller.reach, old.id)) ?? new Error(`key ${old.id} was not rotated`);
  });
}

const rotation = ({ id, prefix }: ApiKey, seconds: number) =>
  ({
    action: "key.rotated",
    guard: Prisma.sql`api_keys.revoked_at IS NULL AND api_keys.rotated_to IS NULL AND api_keys.hash IS NOT NULL
      AND coalesce(api_keys.expires_at > clock_timestamp(), true)
      AND coalesce(api_keys.suspended_until <= clock_timestamp(), true)`,
    set: Prisma.sql`rotated_to = ${id}::uuid,
      expires_at = least(api_keys.expires_at, ${MOMENT} + ${seconds}::int * interval '1 second')`,
    moment: MOMENT,
    meta: Prisma.sql`jsonb_build_object('rotated_to', ${id}::text, 'new_prefix', ${prefix}::text, 'overlap_seconds', ${seconds}::int,
      'expires_at', to_char(new.expires_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"+00:00"'))`,
  }) as const;

/** Why a key can't be rotated, if so. */
function explainEnd(key: ApiKey): Refusal | undefined {
  if (key.revoked_at) return conflict("key_revoked", "The key is revoked, which can't be undone.");
  if (key.rotated_to) return conflict("key_rotated", "The key was already rotated. Rotate its successor.");
  if (key.state === "expired") return conflict("key_expired", "The key has expired and no longer works.");
  if (key.suspended_until) return conflict("key_suspended", "The key is suspended. Resume it first.");
  if (key.state === "pending")
    return conflict("key_pending", "Nobody has claimed the key yet. Make a new link instead.");
  return undefined;
}

/** The same key again. One that expires lives as long as the old one was meant to. */
function likeOf(key: ApiKey, mayProlong: boolean): CreateKeyBody {
  const common = { name: key.name, owner_id: key.owner.id, expires_at: nextExpiry(key, mayProlong) };
  if (key.org_id !== null) return { kind: "inference", org_id: key.org_id, ...common };
  return {
    kind: "service",
    scopes: (key.scopes ?? []) as ServiceKeyBody["scopes"],
    reach: key.reach.all ? { all: true } : { all: false, org_ids: key.reach.org_ids ?? [] },
    ...common,
  };
}

function nextExpiry({ created_at, expires_at }: ApiKey, mayProlong: boolean): string | null {
  if (expires_at === null || !mayProlong) return expires_at;
  const lifetime = Date.parse(expires_at) - Date.parse(created_at);
  return new Date(Date.now() + lifetime).toISOString();
}
