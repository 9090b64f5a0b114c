import { Prisma } from "@/generated/prisma/client";
import type { Db } from "@/lib/platform/db/client";
import type { OidcProvider } from "@/lib/platform/env/oidc-providers";
import { parseUuid } from "@/lib/contract/values";
import { isStorable } from "@/lib/contract/storable-text";
import { ScimError } from "./scim-error";

export type UserRow = {
  id: string;
  name: string;
  email: string;
  user_name: string | null;
  external_id: string | null;
  is_disabled: boolean;
  created_at: Date;
  updated_at: Date;
};

const USERS = Prisma.sql`
  SELECT p.id, p.name, p.email, i.user_name, i.external_id, p.disabled_at IS NOT NULL AS is_disabled, p.created_at,
    p.updated_at FROM identities i JOIN people p ON p.id = i.person_id`;

/** @throws ScimError 404, also for another provider's people */
export async function findUser(db: Db, { issuer }: OidcProvider, text: string): Promise<UserRow> {
  const id = parseUuid(text);
  const rows = id
    ? await db.$queryRaw<UserRow[]>`${USERS} WHERE i.issuer = ${issuer} AND p.id = ${id}::uuid`
    : [];
  if (!rows[0]) throw new ScimError(404, "User not found.");
  return rows[0];
}

type Listing = { filter: string | null; startIndex: number; count: number };

/**
 * Finds a provider's people, oldest first.
 * @throws ScimError invalidFilter for anything but `userName eq "…"` and `externalId eq "…"`
 */
export async function findUsers(
  db: Db,
  { issuer }: OidcProvider,
  { filter, startIndex, count }: Listing,
): Promise<{ total: number; rows: UserRow[] }> {
  const where = Prisma.sql`WHERE i.issuer = ${issuer} AND ${compile(filter)}`;
  const [counted] = await db.$queryRaw<{ total: number }[]>`
    SELECT count(*)::int AS total FROM identities i JOIN people p ON p.id = i.person_id ${where}`;
  const rows = await db.$queryRaw<UserRow[]>`
    ${USERS} ${where} ORDER BY p.id LIMIT ${count}::int OFFSET ${startIndex - 1}::int`;
  return { total: counted!.total, rows };
}

function compile(filter: string | null): Prisma.Sql {
  if (filter === null) return Prisma.sql`TRUE`;
  const [, attribute, literal] =
    /^\s*(userName|externalId)\s+eq\s+("(?:[^"\\]|\\.)*")\s*$/i.exec(filter) ?? [];
  const value = parse(literal);
  if (attribute === undefined || value === undefined || !isStorable(value))
    throw new ScimError(400, 'Filters are `userName eq "…"` and `externalId eq "…"`.', "invalidFilter");
  return attribute.toLowerCase() === "username"
    ? Prisma.sql`lower(coalesce(i.user_name, p.email)) = lower(${value})`
    : Prisma.sql`i.external_id = ${value}`;
}

function parse(literal: string | undefined): string | undefined {
  try {
    return literal === undefined ? undefined : (JSON.parse(literal) as string);
  } catch {
    return undefined;
  }
}
