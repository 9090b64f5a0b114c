import unhomoglyph from "unhomoglyph";
import type { Db } from "@/lib/platform/db/client";
import { conflict } from "@/lib/platform/errors";

const fold = (text: string): string => text.normalize("NFKD").toLowerCase().replaceAll(/\s/gu, "");
/** The skeleton of Unicode's UTS #39: texts with the same one look alike. */
const skeletonOf = (text: string): string => unhomoglyph(text.normalize("NFD")).normalize("NFD");

/** Both orders, because case changes which characters look alike: `I` is like `l`, `i` isn't. */
const looksOf = (name: string): string[] => [skeletonOf(fold(name)), fold(skeletonOf(name))];

/** Whether two names look alike, ignoring case, spaces and scripts. */
export function looksLike(one: string, other: string): boolean {
  const looks = looksOf(one);
  return looksOf(other).some((look, index) => look === looks[index]);
}

/**
 * Keeps people apart in the audit trail. Call this with people locked.
 * @param personId the person who gets the name; undefined for a new one
 * @throws Refusal CONFLICT `name_taken` for a name that looks like another member of staff's
 */
export async function refuseLookalike(tx: Db, name: string, personId?: string): Promise<void> {
  const staff = await tx.person.findMany({
    where: { kind: "staff", ...(personId !== undefined && { id: { not: personId } }) },
    select: { name: true },
  });
  if (staff.some((other) => looksLike(name, other.name)))
    throw conflict(
      "name_taken",
      "Someone else has this name, or one that looks the same. Add a middle name, initial or team.",
      ["body", "name"],
    );
}
