import { listModelsOperation } from "@/lib/contract/models";
import { bind, endpoint } from "@/lib/http/endpoint";
import { listModels } from "@/lib/models/list-models";
import { toModel } from "@/lib/models/model-record";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: bind(listModelsOperation, async ({ db }) => ({
    status: 200,
    body: { items: (await listModels(db)).map(toModel) },
  })),
});
