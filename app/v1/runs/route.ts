import { listRunsOperation } from "@/lib/contract/runs";
import { admitComparison } from "@/lib/payloads/admit-comparison";
import { showRuns } from "@/lib/payloads/show-run";
import { bind, endpoint } from "@/lib/platform/http/endpoint";
import { withListPool } from "@/lib/platform/paging/with-list-pool";
import { findRuns } from "@/lib/runs/find-runs";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: bind(listRunsOperation, async ({ db, caller, context, query }) => {
    await admitComparison(db, { caller, context, q: query.q });
    const page = await withListPool(caller, (lists) => findRuns(lists, caller.reach, query));
    return { status: 200, body: { ...page, items: showRuns(caller, page.items) } };
  }),
});
