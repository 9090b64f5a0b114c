import { Prisma } from "@/generated/prisma/client";
import type { PersonListQuery, PersonPage } from "@/lib/contract/people";
import { findEmails, readings } from "@/lib/contract/text/pasted";
import { type Db, UNPREPARED } from "@/lib/platform/db/client";
import { findPage, type Placed } from "@/lib/platform/paging/find-page";
import type { Slice, SortKey } from "@/lib/platform/paging/keyset";
import type { Reach } from "@/lib/states/caller";
import { liesWithin, PEOPLE, PERSON_COLUMNS, type PersonRow, toPerson } from "./person-record";

const BY_NAME: readonly SortKey[] = [
  { column: Prisma.sql`r.name`, type: Prisma.sql`text`, isDescending: false },
  { column: Prisma.sql`r.id`, type: Prisma.sql`uuid`, isDescending: false },
];

/**
 * Finds a page of the people whose whole reach is within the caller's, by name.
 * @throws Refusal VALIDATION_ERROR at `pq` or `from_prev`
 */
export async function findPeople(db: Db, reach: Reach, query: PersonListQuery): Promise<PersonPage> {
  const { kind, role = null, state = null, text = null } = query;
  const wanted = text === null ? null : (findEmails(readings(text))[0] ?? text);
  const where = Prisma.sql`r.kind = ${kind} AND ${liesWithin(reach)}
    AND (${role}::text IS NULL OR r.role = ${role}) AND (${state}::text IS NULL OR r.state = ${state})
    AND ${wanted === null ? Prisma.sql`TRUE` : Prisma.sql`search_text(r.name || ' ' || r.email) LIKE containing(${wanted})`}`;
  const listing = {
    scope: JSON.stringify(["people", kind, role, state, text]),
    order: BY_NAME,
    fetch: (slice: Slice, limit: number) =>
      db.$queryRaw<(PersonRow & Placed)[]>`${Prisma.raw(UNPREPARED)}
        SELECT ${PERSON_COLUMNS}, ARRAY[r.name, r.id::text] AS place
        FROM ${PEOPLE} r WHERE ${where} AND ${slice.where} ORDER BY ${slice.orderBy} LIMIT ${limit}::int`,
  };
  const page = await findPage(listing, query);
  return { ...page, items: page.items.map(({ place: _place, ...row }) => toPerson(row)) };
}
