import { getOpenApiOperation } from "@/lib/contract/system";
import { bind, endpoint } from "@/lib/platform/http/endpoint";
import { describeApi } from "@/lib/platform/http/openapi";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: bind(getOpenApiOperation, () => ({ status: 200, body: describeApi() })),
});
