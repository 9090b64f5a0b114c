import { listModelsOperation } from "@/lib/contract/models";
import { listModels } from "@/lib/models/list-models";
import { toModel } from "@/lib/models/model-record";
import { bind, endpoint } from "@/lib/platform/http/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: bind(listModelsOperation, async ({ db }) => ({
    status: 200,
    body: { items: (await listModels(db)).map(toModel) },
  })),
});
