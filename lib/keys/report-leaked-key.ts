import { Prisma } from "@/generated/prisma/client";
import type { LeakedKeyBody } from "@/lib/contract/leaked-keys";
import { addressBlock } from "@/lib/identity/address-block";
import { hashKey, isWellFormedKey } from "@/lib/identity/key";
import { isMailOn } from "@/lib/mail/queue-mail";
import type { Db } from "@/lib/platform/db/client";
import { env } from "@/lib/platform/env/env";
import { invalid } from "@/lib/platform/errors";
import { SharedLimiter, take } from "@/lib/platform/limits/shared-limiter";
import { tooMany } from "@/lib/platform/limits/too-many";
import type { ActorSnapshot, RequestContext } from "@/lib/states/audit-entry";
import { PLATFORM_ORG_ID } from "@/lib/states/platform-org";
import { revokeInReach } from "./revoke-key";
import { tellKeyOwners } from "./tell-key-owner";

const ACTOR: ActorSnapshot = {
  type: "system",
  id: PLATFORM_ORG_ID,
  name: "Leaked key report",
  email: null,
  role: null,
  keyPrefix: null,
};
const SYSTEM = { actor: ACTOR, reach: { all: true } } as const;
const REASON = "Reported as leaked";

/** Keys can't be guessed; this only limits what one client's reports cost. */
const byAddress = new SharedLimiter({ name: "leaked_keys", points: 60, seconds: 60 });

/**
 * Revokes a key that someone found in public, in the system's name, and tells its owner. Does nothing to a
 * key that is unknown or already revoked; the caller can't tell these apart.
 * @throws Refusal VALIDATION_ERROR for a text that can't be a key
 * @throws Refusal RATE_LIMITED with `Retry-After` in seconds
 */
export async function reportLeakedKey(
  db: Db,
  { context, body: { key, source_url } }: { context: RequestContext; body: LeakedKeyBody },
): Promise<void> {
  if (!isWellFormedKey(key)) throw invalid(["body", "key"], "not_a_key", NOT_A_KEY);
  await countReport(context.ip);
  const found = await db.apiKey.findUnique({ where: { hash: hashKey(key) }, select: { id: true } });
  if (!found) return;
  const url = source_url ?? null;
  await db.$transaction(async (tx) => {
    const isRevoked = await revokeInReach(
      tx,
      { caller: SYSTEM, context, keyId: found.id, reason: REASON },
      {
        set: Prisma.sql`is_leaked = true, leak_url = ${url}`,
        meta: Prisma.sql`jsonb_build_object('source_url', ${url}::text)`,
      },
    );
    if (!isRevoked) return;
    const mailKeys = isMailOn() ? env().ENCRYPTION_KEYS : null;
    await tellKeyOwners(tx, [{ keyId: found.id, kind: "leaked" }], mailKeys);
  });
}

const NOT_A_KEY =
  "This is not a key: keys start with rf_live_ or rf_svc_ and end in a checksum. Send all of it.";

async function countReport(ip: string | null): Promise<void> {
  const exceeded = await take(byAddress, addressBlock(ip) ?? "unknown");
  if (exceeded) throw tooMany("Too many reports from this address.", exceeded.seconds);
}
