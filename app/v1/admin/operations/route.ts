import { getServiceStateOperation } from "@/lib/contract/service-state";
import { readServiceState } from "@/lib/operations/read-service-state";
import { bind, endpoint } from "@/lib/platform/http/endpoint";
import { withListPool } from "@/lib/platform/paging/with-list-pool";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: bind(getServiceStateOperation, async ({ caller }) => ({
    status: 200,
    body: await withListPool(caller, readServiceState),
  })),
});
