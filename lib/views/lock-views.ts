import type { Prisma } from "@/generated/prisma/client";
import type { Db } from "@/lib/platform/db/client";
import { holdLock } from "@/lib/platform/db/hold-lock";
import { conflict } from "@/lib/platform/errors";

/** More than these nobody finds anything in. */
export const MOST_OF_A_PERSON = 50;
export const MOST_OF_THE_TEAM = 200;

/** One change of views at a time, so that limits hold; there are few. @param tx the transaction that holds it */
export const lockViews = (tx: Db): Promise<void> => holdLock(tx, "saved views");

/**
 * To be asked with views locked, before one is added.
 * @param adds what the new one would count as: a person's, of the team, or both
 * @throws Refusal CONFLICT `too_many_views`
 */
export async function checkRoom(
  tx: Db,
  ownerId: string,
  adds: readonly ("person" | "team")[],
): Promise<void> {
  const count = (where: Prisma.SavedViewWhereInput) => tx.savedView.count({ where });
  if (adds.includes("person") && (await count({ ownerId })) >= MOST_OF_A_PERSON) {
    throw conflict("too_many_views", `One person has ${MOST_OF_A_PERSON} views at most; delete one first.`);
  }
  if (adds.includes("team") && (await count({ scope: "team" })) >= MOST_OF_THE_TEAM) {
    throw conflict("too_many_views", `The team has ${MOST_OF_THE_TEAM} views at most; delete one first.`);
  }
}
