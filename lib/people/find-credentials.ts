import type { PersonCredentials } from "@/lib/contract/people";
import { formatTimestamp } from "@/lib/contract/values";
import { KEYS, withinKeys } from "@/lib/keys/key-record";
import type { Db } from "@/lib/platform/db/client";
import type { Reach } from "@/lib/states/caller";
import type { KeyKind } from "@/lib/states/key";
import { getStaff } from "./get-person";
import { liesWithin, PEOPLE } from "./person-record";

/** A dialog lists no more. */
const MOST = 200;

type KeyRow = {
  id: string;
  kind: KeyKind;
  name: string;
  prefix: string;
  owner_id: string;
  owner_name: string;
  owner_email: string;
  is_owner: boolean;
  is_maker: boolean;
};
type LinkRow = { id: string; name: string; email: string; state: string; expires_at: Date };

/**
 * Reads what stops working when a staff person is disabled, as far as the caller can access it.
 * @throws Refusal PERSON_NOT_FOUND
 */
export async function findCredentials(db: Db, reach: Reach, personId: string): Promise<PersonCredentials> {
  const { id } = await getStaff(db, reach, personId);
  const keys = await db.$queryRaw<KeyRow[]>`
    SELECT r.id, r.kind, r.name, r.prefix, r.owner_id, r.owner_name, r.owner_email, r.owner_id = ${id}::uuid AS is_owner,
      r.maker_id IS NOT DISTINCT FROM ${id}::uuid AS is_maker
    FROM ${KEYS} r
    WHERE (r.owner_id = ${id}::uuid OR r.maker_id = ${id}::uuid) AND r.state NOT IN ('revoked', 'expired')
      AND ${withinKeys(reach)}
    ORDER BY r.kind, r.name, r.id LIMIT ${MOST}::int`;
  const links = await db.$queryRaw<LinkRow[]>`
    SELECT r.id, r.name, r.email, r.state, l.expires_at
    FROM password_links l JOIN ${PEOPLE} r ON r.id = l.person_id
    WHERE l.created_by = ${id}::uuid AND l.used_at IS NULL AND l.expires_at > now() AND ${liesWithin(reach)}
    ORDER BY r.name, r.id LIMIT ${MOST}::int`;
  const sessions = await db.session.count({
    where: { personId: id, endedAt: null, expiresAt: { gt: new Date() } },
  });
  return {
    keys: keys.map(({ owner_id, owner_name, owner_email, ...key }) => ({
      ...key,
      owner: { id: owner_id, name: owner_name, email: owner_email },
    })),
    links: links.map(({ state, expires_at, ...person }) => ({
      person,
      is_invitation: state === "invited",
      expires_at: formatTimestamp(expires_at),
    })),
    sessions,
  };
}
