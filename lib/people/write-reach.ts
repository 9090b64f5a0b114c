import type { Db } from "@/lib/platform/db/client";

/** Replaces the organizations that a person reaches; empty for a person who reaches all. */
export async function writeReach(tx: Db, personId: string, orgIds: readonly string[]): Promise<void> {
  const wanted = [...new Set(orgIds)];
  await tx.personReach.deleteMany({ where: { personId, orgId: { notIn: wanted } } });
  await tx.personReach.createMany({
    data: wanted.map((orgId) => ({ personId, orgId })),
    skipDuplicates: true,
  });
}
