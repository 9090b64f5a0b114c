import type { Prisma } from "@/generated/prisma/client";
import type { Db } from "@/lib/platform/db/client";
import { holdLock } from "@/lib/platform/db/hold-lock";
import { conflict } from "@/lib/platform/errors";

/** With more, nobody would find a view. */
export const MOST_OF_A_PERSON = 50;
export const MOST_OF_THE_TEAM = 200;

/**
 * Serializes changes of views, which are rare, so that the limits hold.
 * @param tx the transaction that holds the lock
 */
export const lockViews = (tx: Db): Promise<void> => holdLock(tx, "saved views");

/**
 * Call this with views locked, before adding one.
 * @param adds the limits that the new view counts toward: the person's, the team's, or both
 * @throws Refusal CONFLICT `too_many_views`
 */
export async function checkRoom(
  tx: Db,
  ownerId: string,
  adds: readonly ("person" | "team")[],
): Promise<void> {
  const count = (where: Prisma.SavedViewWhereInput) => tx.savedView.count({ where });
  if (adds.includes("person") && (await count({ ownerId })) >= MOST_OF_A_PERSON) {
    throw conflict(
      "too_many_views",
      `The owner already has ${MOST_OF_A_PERSON} views, the limit. Delete one first.`,
    );
  }
  if (adds.includes("team") && (await count({ scope: "team" })) >= MOST_OF_THE_TEAM) {
    throw conflict(
      "too_many_views",
      `The team already has ${MOST_OF_THE_TEAM} views, the limit. Delete one first.`,
    );
  }
}
