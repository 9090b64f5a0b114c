import { Prisma } from "@/generated/prisma/client";
import type { Person } from "@/lib/contract/people";
import { formatTimestamp } from "@/lib/contract/values";
import { nameProvider } from "@/lib/platform/env/find-provider";
import type { Reach } from "@/lib/states/caller";

type Moments = "link_expires_at" | "last_sign_in_at" | "disabled_at" | "created_at" | "updated_at";

/** A person without their sign-in secrets. */
export type PersonRow = Omit<Person, "reach" | "identity_provider" | Moments> & {
  provider: string | null;
  is_disabled_by_provider: boolean | null;
  reaches_all_orgs: boolean;
  org_ids: string[];
  link_expires_at: Date | null;
  last_sign_in_at: Date | null;
  disabled_at: Date | null;
  created_at: Date;
  updated_at: Date;
};

/** People, to be aliased `r`. */
export const PEOPLE = Prisma.sql`(SELECT p.id, p.kind, p.name, p.email, p.email_verified_at IS NOT NULL AS is_email_verified,
    p.role, p.reaches_all_orgs, p.org_id, p.disabled_at, p.created_at, p.updated_at,
    CASE WHEN p.disabled_at IS NOT NULL THEN 'disabled'
      WHEN p.kind = 'staff' AND p.password_hash IS NULL AND i.person_id IS NULL THEN 'invited' ELSE 'active' END AS state,
    has_second_factor(p.id) AS has_second_factor, i.provider, i.is_deactivated OR p.disabled_at = i.disabled_at AS is_disabled_by_provider,
    CASE p.kind WHEN 'customer' THEN ARRAY[p.org_id]
      ELSE ARRAY(SELECT reach.org_id FROM person_reach reach WHERE reach.person_id = p.id ORDER BY 1) END AS org_ids
  FROM people p LEFT JOIN identities i ON i.person_id = p.id)`;

/** The columns of a PersonRow, from `PEOPLE` aliased `r`. */
export const PERSON_COLUMNS = Prisma.sql`r.id, r.kind, r.name, r.email, r.is_email_verified, r.role, r.reaches_all_orgs,
  r.org_id, r.org_ids, r.state, r.has_second_factor, r.provider, r.is_disabled_by_provider, r.disabled_at, r.created_at, r.updated_at,
  (SELECT max(s.created_at) FROM sessions s WHERE s.person_id = r.id) AS last_sign_in_at,
  (SELECT l.expires_at FROM password_links l
    WHERE l.person_id = r.id AND l.used_at IS NULL AND l.expires_at > now()) AS link_expires_at`;

/** Those of `PEOPLE`, aliased `r`, whose whole reach lies within this one. */
export function liesWithin(reach: Reach): Prisma.Sql {
  if (reach.all) return Prisma.sql`TRUE`;
  return Prisma.sql`(NOT r.reaches_all_orgs AND r.org_ids <@ ${[...reach.orgIds]}::uuid[])`;
}

const time = (moment: Date | null): string | null => moment && formatTimestamp(moment);

export function toPerson({
  reaches_all_orgs,
  org_ids,
  provider,
  is_disabled_by_provider,
  ...row
}: PersonRow): Person {
  return {
    ...row,
    identity_provider:
      provider === null
        ? null
        : {
            id: provider,
            name: nameProvider(provider),
            has_disabled: is_disabled_by_provider === true,
          },
    reach: reaches_all_orgs ? { all: true, org_ids: null } : { all: false, org_ids },
    link_expires_at: time(row.link_expires_at),
    last_sign_in_at: time(row.last_sign_in_at),
    disabled_at: time(row.disabled_at),
    created_at: formatTimestamp(row.created_at),
    updated_at: formatTimestamp(row.updated_at),
  };
}
