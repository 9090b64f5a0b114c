import { getOpenApiOperation } from "@/lib/contract/system";
import { bind, endpoint } from "@/lib/http/endpoint";
import { describeApi } from "@/lib/http/openapi";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: bind(getOpenApiOperation, () => ({ status: 200, body: describeApi() })),
});
