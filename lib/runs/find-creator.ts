import { orgInReach } from "@/lib/identity/org-in-reach";
import type { Db } from "@/lib/platform/db/client";
import type { Reach } from "@/lib/states/caller";

/**
 * The person whose e-mail is one of these. Who has created no run in reach is not found, so that nobody learns who
 * there is elsewhere.
 * @param emails in lower case, as addresses are kept
 */
export async function findCreator(
  db: Db,
  reach: Reach,
  emails: readonly string[],
): Promise<string | undefined> {
  if (emails.length === 0) return undefined;
  const spellings = emails.flatMap((email) => [email, email.normalize("NFD")]);
  // A customer's person creates runs of that customer alone; those of one out of reach need not be looked through.
  const mayHaveRuns = reach.all ? {} : { OR: [{ orgId: null }, { orgId: { in: [...reach.orgIds] } }] };
  const found = await db.person.findFirst({
    where: { email: { in: spellings }, ...mayHaveRuns, runs: { some: orgInReach(reach) } },
    select: { id: true },
  });
  return found?.id;
}
