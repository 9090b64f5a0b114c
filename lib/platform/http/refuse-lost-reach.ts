import type { ApiKey } from "@/lib/contract/keys";
import type { Run } from "@/lib/contract/runs";
import { Refusal } from "@/lib/platform/errors";
import { covers, type Reach, reaches } from "@/lib/states/caller";
import type { Answer } from "./respond";

type Kept = Pick<Run, "org_id"> | Pick<ApiKey, "org_id" | "reach">;

/**
 * A kept answer is a run or a key, as it was shown to who asked first. Whoever has lost its organization since then, or now
 * asks for another one alone, gets what everyone out of reach gets.
 * @throws Refusal RUN_NOT_FOUND, KEY_NOT_FOUND
 */
export function refuseLostReach({ text }: Answer, reach: Reach): void {
  const kept = JSON.parse(text) as Kept;
  const [isReached, code] =
    "reach" in kept
      ? [covers(reach, toReach(kept.reach)), "KEY_NOT_FOUND" as const]
      : [reaches(reach, kept.org_id), "RUN_NOT_FOUND" as const];
  if (!isReached) throw new Refusal(code, { detail: { out_of_reach: true, org_id: kept.org_id } });
}

const toReach = ({ all, org_ids }: ApiKey["reach"]): Reach =>
  all ? { all: true } : { all: false, orgIds: org_ids ?? [] };
