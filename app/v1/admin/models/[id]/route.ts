import { updateModelOperation } from "@/lib/contract/models";
import { updateModel } from "@/lib/models/update-model";
import { bind, endpoint } from "@/lib/platform/http/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  PATCH: bind(updateModelOperation, async ({ db, caller, context, params, body }) => ({
    status: 200,
    body: await updateModel(db, { caller, context, modelId: String(params["id"]), body }),
  })),
});
