import { orgInReach } from "@/lib/identity/org-in-reach";
import type { Db } from "@/lib/platform/db/client";
import type { Reach } from "@/lib/states/caller";

/**
 * Finds the person with one of these email addresses. Ignores people without runs in reach, because finding
 * them would reveal that they exist.
 * @param emails in lower case, as stored
 */
export async function findCreator(
  db: Db,
  reach: Reach,
  emails: readonly string[],
): Promise<string | undefined> {
  if (emails.length === 0) return undefined;
  const spellings = emails.flatMap((email) => [email, email.normalize("NFD")]);
  // A customer's people create runs of that customer only, so skip those of customers out of reach.
  const mayHaveRuns = reach.all ? {} : { OR: [{ orgId: null }, { orgId: { in: [...reach.orgIds] } }] };
  const found = await db.person.findFirst({
    where: { email: { in: spellings }, ...mayHaveRuns, runs: { some: orgInReach(reach) } },
    select: { id: true },
  });
  return found?.id;
}
