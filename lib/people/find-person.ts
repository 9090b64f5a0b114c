import type { Db } from "@/lib/platform/db/client";

export type PersonName = { id: string; name: string; email: string };

/** @returns null for an unknown person */
export function findPerson(db: Db, id: string): Promise<PersonName | null> {
  return db.person.findUnique({ where: { id }, select: { id: true, name: true, email: true } });
}
