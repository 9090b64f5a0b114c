import { Refusal } from "@/lib/errors";
import type { Answer } from "@/lib/http/respond";
import { type Reach, reaches } from "@/lib/identity/caller";

/**
 * A kept answer is a run, as it was shown to who asked first. Whoever has lost its organization since then, or now asks
 * for another one alone, gets what everyone out of reach gets.
 * @throws Refusal RUN_NOT_FOUND
 */
export function refuseLostReach({ text }: Answer, reach: Reach): void {
  const { org_id: orgId } = JSON.parse(text) as { org_id: string };
  if (!reaches(reach, orgId))
    throw new Refusal("RUN_NOT_FOUND", { detail: { out_of_reach: true, org_id: orgId } });
}
