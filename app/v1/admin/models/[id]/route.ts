import { updateModelOperation } from "@/lib/contract/models";
import { bind, endpoint } from "@/lib/http/endpoint";
import { updateModel } from "@/lib/models/update-model";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  PATCH: bind(updateModelOperation, async ({ db, caller, context, params, body }) => ({
    status: 200,
    body: await updateModel(db, { caller, context, modelId: String(params["id"]), body }),
  })),
});
