import { Prisma } from "@/generated/prisma/client";

type Own = {
  /** The alias of a row of `runs`. */
  run: "r" | "runs";
  /** The acting person. */
  person: Prisma.Sql;
  /** Who made the acting key; null without a key. */
  maker: Prisma.Sql;
};

/**
 * Whether the acting person created the run, or made or owns the key that did. A key's maker never changes,
 * so a lookup by primary key can't race; PostgreSQL does it only for runs that pass the cheaper conditions.
 */
export function isOwnRun({ run, person, maker }: Own): Prisma.Sql {
  const r = Prisma.raw(run);
  return Prisma.sql`(coalesce(${r}.created_by IN (${person}, ${maker}), false) OR EXISTS (
    SELECT FROM api_keys own WHERE own.id = ${r}.api_key_id AND own.created_by IN (${person}, ${maker})))`;
}
