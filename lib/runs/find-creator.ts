import { Prisma } from "@/generated/prisma/client";
import type { Db } from "@/lib/db/client";
import type { Reach } from "@/lib/identity/caller";
import { within } from "@/lib/paging/select-slice";

const EMAIL = /[^\s<>()[\]"',;:]+@[^\s<>()[\]"',;:]*[^\s<>()[\]"',;:.]/;

/**
 * The person whose e-mail stands in the text. Who has created no run in reach is not found, so that nobody learns who
 * there is elsewhere.
 */
export async function findCreator(db: Db, reach: Reach, text: string): Promise<string | undefined> {
  const email = EMAIL.exec(text)?.[0].toLowerCase();
  if (email === undefined) return undefined;
  const [found] = await db.$queryRaw<{ id: string }[]>(Prisma.sql`
    SELECT p.id FROM people p
    WHERE p.email = ${email} AND EXISTS (SELECT FROM runs r WHERE r.created_by = p.id AND ${within(reach)})`);
  return found?.id;
}
