import { writeEntry } from "@/lib/audit/trail/write-entry";
import type { ClaimedApiKey, ClaimKeyBody } from "@/lib/contract/keys";
import { formatTimestamp } from "@/lib/contract/values";
import { generateKey, hashKey } from "@/lib/identity/key";
import { hashToken } from "@/lib/identity/link-token";
import { refuseLink } from "@/lib/identity/refuse-link";
import type { Db } from "@/lib/platform/db/client";
import type { RequestContext } from "@/lib/states/audit-entry";
import { keyPrefix } from "@/lib/states/key";

type ClaimKey = { context: RequestContext; body: ClaimKeyBody };

type Claimed = {
  id: string;
  name: string;
  org_id: string;
  organization: string;
  owner_id: string;
  owner_name: string;
  owner_email: string;
  maker_id: string;
  maker_name: string;
  maker_email: string;
  link_created_at: Date;
};

/**
 * Generates a pending key for the holder of its link, who sees it once. A refused attempt leaves a security
 * event.
 * @throws Refusal KEY_LINK_NOT_FOUND for an unknown, used, expired or replaced link, and for a stopped key
 * @throws Refusal RATE_LIMITED with `Retry-After` in seconds
 */
export async function claimKey(db: Db, { context, body: { token } }: ClaimKey): Promise<ClaimedApiKey> {
  const key = generateKey("inference");
  const claimed = await db.$transaction(async (tx) => {
    const row = await useLink(tx, token, key);
    if (row) await recordClaim(tx, row, keyPrefix(key), context);
    return row;
  });
  if (!claimed) throw await refuseLink(db, context, KEY_LINK);
  const { id, name, organization } = claimed;
  return { id, name, organization, key };
}

const KEY_LINK = {
  kind: "key_link.refused",
  path: "/v1/auth/key-claims",
  code: "KEY_LINK_NOT_FOUND",
} as const;

/**
 * One guarded statement uses up the link of a key that would work, and gives the key its secret. Both rows
 * are locked first, so a revocation comes entirely before or after.
 */
async function useLink(tx: Db, token: string, key: string): Promise<Claimed | undefined> {
  const [row] = await tx.$queryRaw<Claimed[]>`
    WITH held AS MATERIALIZED (
      SELECT k.id, c.created_at AS link_created_at, o.id AS owner_id, o.name AS owner_name, o.email AS owner_email,
        m.id AS maker_id, m.name AS maker_name, m.email AS maker_email
      FROM key_claims c JOIN api_keys k ON k.id = c.key_id JOIN people o ON o.id = k.owner_id
        JOIN people m ON m.id = k.created_by
      WHERE c.token_hash = ${hashToken(token)} AND c.used_at IS NULL AND c.expires_at > clock_timestamp()
        AND k.hash IS NULL AND k.revoked_at IS NULL AND coalesce(k.expires_at > clock_timestamp(), true)
        AND coalesce(k.suspended_until <= clock_timestamp(), true)
        AND o.disabled_at IS NULL AND o.email_verified_at IS NOT NULL AND m.disabled_at IS NULL
      FOR NO KEY UPDATE OF c, k
    ), used AS (
      UPDATE key_claims c SET used_at = date_trunc('milliseconds', clock_timestamp())
      FROM held WHERE c.key_id = held.id RETURNING held.*
    )
    UPDATE api_keys k SET hash = ${hashKey(key)}, prefix = ${keyPrefix(key)}
    FROM used u, organizations org WHERE k.id = u.id AND org.id = k.org_id
    RETURNING k.id, k.name, k.org_id, org.name AS organization, u.owner_id, u.owner_name, u.owner_email,
      u.maker_id, u.maker_name, u.maker_email, u.link_created_at`;
  return row;
}

/** Nobody knows who used the link, so the entry names its holder, not the owner. */
async function recordClaim(tx: Db, row: Claimed, prefix: string, context: RequestContext): Promise<void> {
  const maker = { id: row.maker_id, name: row.maker_name, email: row.maker_email };
  const name = `Holder of the link made by ${maker.name}`;
  await writeEntry(tx, {
    caller: { actor: { type: "user", id: row.owner_id, name, email: null, role: null, keyPrefix: null } },
    context,
    orgId: row.org_id,
    action: "key.claimed",
    target: { type: "key", id: row.id, label: `${row.name} ${prefix}` },
    meta: {
      kind: "inference",
      owner: { id: row.owner_id, name: row.owner_name, email: row.owner_email, role: null },
      maker,
      link: { made_by: maker, made_at: formatTimestamp(row.link_created_at) },
    },
  });
}
