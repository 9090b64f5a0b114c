import type { Person } from "@/lib/contract/people";
import { parseUuid } from "@/lib/contract/values";
import type { Db } from "@/lib/platform/db/client";
import { Refusal } from "@/lib/platform/errors";
import type { Reach } from "@/lib/states/caller";
import { liesWithin, PEOPLE, PERSON_COLUMNS, type PersonRow, toPerson } from "./person-record";

/** @throws Refusal PERSON_NOT_FOUND, missing and out of reach alike */
export async function getPerson(db: Db, reach: Reach, personId: string): Promise<Person> {
  const id = parseUuid(personId);
  if (id === undefined) throw new Refusal("PERSON_NOT_FOUND");
  const [row] = await db.$queryRaw<PersonRow[]>`
    SELECT ${PERSON_COLUMNS} FROM ${PEOPLE} r WHERE r.id = ${id}::uuid AND ${liesWithin(reach)}`;
  if (!row) throw new Refusal("PERSON_NOT_FOUND");
  return toPerson(row);
}

/**
 * Finds a staff person, because only staff can be changed.
 * @throws Refusal PERSON_NOT_FOUND for a customer's person too
 */
export async function getStaff(db: Db, reach: Reach, personId: string) {
  const { role, ...person } = await getPerson(db, reach, personId);
  if (role === null) throw new Refusal("PERSON_NOT_FOUND");
  return { ...person, role };
}
