import type { Db } from "@/lib/db/client";

/** Makes these organizations the ones that a person reaches; none for someone who reaches all. */
export async function writeReach(tx: Db, personId: string, orgIds: readonly string[]): Promise<void> {
  const wanted = [...new Set(orgIds)];
  await tx.$executeRaw`
    DELETE FROM person_reach WHERE person_id = ${personId}::uuid AND org_id <> ALL(${wanted}::uuid[])`;
  await tx.$executeRaw`
    INSERT INTO person_reach (person_id, org_id) SELECT ${personId}::uuid, unnest(${wanted}::uuid[])
    ON CONFLICT DO NOTHING`;
}
