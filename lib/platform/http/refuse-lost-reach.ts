import { z } from "zod";
import type { KeptAnswer } from "@/lib/contract/operation";
import { Uuid } from "@/lib/contract/values";
import { Refusal } from "@/lib/platform/errors";
import { covers, type Reach, reaches } from "@/lib/states/caller";
import type { Answer } from "./respond";

const OfOrganization = z.object({ org_id: Uuid });
const OfOrganizations = z.object({ org_ids: z.array(Uuid) });
const OfKey = z.object({
  org_id: Uuid.nullable(),
  reach: z.object({ all: z.boolean(), org_ids: z.array(Uuid).nullable() }),
});

/**
 * Checks whether a stored response may still be sent. A caller that has lost its organization, or now names a
 * different one, gets the same response as for a run out of reach.
 * @throws Refusal the operation's `notFound`
 */
export function refuseLostReach(kept: KeptAnswer, { text }: Answer, reach: Reach): void {
  if (kept.within === "no organization") return;
  const body: unknown = JSON.parse(text);
  const { orgId, isReached } = CHECKS[kept.within](body, reach);
  if (!isReached) throw new Refusal(kept.notFound, { detail: { out_of_reach: true, org_id: orgId } });
}

function checkOrganization(body: unknown, reach: Reach) {
  const { org_id: orgId } = OfOrganization.parse(body);
  return { orgId, isReached: reaches(reach, orgId) };
}

function checkOrganizations(body: unknown, reach: Reach) {
  const { org_ids: orgIds } = OfOrganizations.parse(body);
  return { orgId: null, isReached: covers(reach, { all: false, orgIds }) };
}

function checkKey(body: unknown, reach: Reach) {
  const { org_id: orgId, reach: ofKey } = OfKey.parse(body);
  const needed: Reach = ofKey.all ? { all: true } : { all: false, orgIds: ofKey.org_ids ?? [] };
  return { orgId, isReached: covers(reach, needed) };
}

const CHECKS = { org_id: checkOrganization, org_ids: checkOrganizations, reach: checkKey };
