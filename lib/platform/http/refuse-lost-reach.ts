import type { ErrorCode } from "@/lib/contract/errors";
import type { ApiKey } from "@/lib/contract/keys";
import { Refusal } from "@/lib/platform/errors";
import { covers, type Reach, reaches } from "@/lib/states/caller";
import type { Answer } from "./respond";

/** What tells whose a kept answer is: a key's reach, or the organization of anything else that has one. */
type Kept = { org_id?: string | null; reach?: ApiKey["reach"] };

/**
 * A caller who has lost a kept answer's organization since, or now asks for another one alone, gets what everyone out of
 * reach gets.
 * @throws Refusal `notFound`
 */
export function refuseLostReach({ text }: Answer, reach: Reach, notFound: ErrorCode): void {
  const { org_id: orgId, reach: ofKey } = JSON.parse(text) as Kept;
  const isReached = ofKey ? covers(reach, toReach(ofKey)) : orgId == null || reaches(reach, orgId);
  if (!isReached) throw new Refusal(notFound, { detail: { out_of_reach: true, org_id: orgId } });
}

const toReach = ({ all, org_ids }: ApiKey["reach"]): Reach =>
  all ? { all: true } : { all: false, orgIds: org_ids ?? [] };
