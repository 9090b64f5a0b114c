import { writeEntry } from "@/lib/audit/trail/write-entry";
import type { Model, UpdateModelBody } from "@/lib/contract/models";
import { parseUuid } from "@/lib/contract/values";
import type { Db } from "@/lib/platform/db/client";
import { Refusal } from "@/lib/platform/errors";
import type { RequestContext } from "@/lib/states/audit-entry";
import type { Caller } from "@/lib/states/caller";
import { PLATFORM_ORG_ID } from "@/lib/states/platform-org";
import { type ModelRecord, MODELS, toModel } from "./model-record";

type UpdateModel = { caller: Caller; context: RequestContext; modelId: string; body: UpdateModelBody };

/**
 * Sets the threshold beyond which a model's runs count as stuck, with its audit entry.
 * @throws Refusal PERMISSION_DENIED unless the caller reaches every organization, because all of them share
 * the model
 * @throws Refusal MODEL_NOT_FOUND
 */
export async function updateModel(db: Db, { caller, context, modelId, body }: UpdateModel): Promise<Model> {
  if (!caller.reach.all) {
    const message =
      "All organizations share this model; only people with access to all of them can change it.";
    throw new Refusal("PERMISSION_DENIED", { message });
  }
  const id = parseUuid(modelId);
  if (id === undefined) throw new Refusal("MODEL_NOT_FOUND");
  return db.$transaction(async (tx) => {
    // The weakest lock that blocks a second change, because runs of the model are being created meanwhile.
    const [before] = await tx.$queryRaw<ModelRecord[]>`
      ${MODELS} WHERE m.id = ${id}::uuid FOR NO KEY UPDATE OF m`;
    if (!before) throw new Refusal("MODEL_NOT_FOUND");
    const stuckFactor = body.stuck_factor;
    if (before.stuckFactor === stuckFactor) return toModel(before);
    await tx.model.updateMany({ where: { id }, data: { stuckFactor } });
    const meta = { changes: { stuck_factor: [before.stuckFactor, stuckFactor] } };
    const target = { type: "model", id, label: before.slug } as const;
    await writeEntry(tx, { caller, context, orgId: PLATFORM_ORG_ID, action: "model.updated", target, meta });
    return toModel({ ...before, stuckFactor });
  });
}
