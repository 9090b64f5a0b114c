import { listRunStatusesOperation } from "@/lib/contract/runs";
import { bind, endpoint } from "@/lib/platform/http/endpoint";
import { isTerminal, RUN_STATUSES } from "@/lib/states/run";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: bind(listRunStatusesOperation, () => ({
    status: 200,
    body: RUN_STATUSES.map((code) => ({ code, is_terminal: isTerminal(code) })),
  })),
});
