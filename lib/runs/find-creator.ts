import { orgInReach } from "@/lib/identity/org-in-reach";
import type { Db } from "@/lib/platform/db/client";
import type { Reach } from "@/lib/states/caller";

const EMAIL = /[^\s<>()[\]"',;:]+@[^\s<>()[\]"',;:]*[^\s<>()[\]"',;:.]/;

/**
 * The person whose e-mail stands in the text. Who has created no run in reach is not found, so that nobody learns who
 * there is elsewhere.
 */
export async function findCreator(db: Db, reach: Reach, text: string): Promise<string | undefined> {
  const email = EMAIL.exec(text)?.[0].toLowerCase();
  if (email === undefined) return undefined;
  const found = await db.person.findFirst({
    where: { email, runs: { some: orgInReach(reach) } },
    select: { id: true },
  });
  return found?.id;
}
