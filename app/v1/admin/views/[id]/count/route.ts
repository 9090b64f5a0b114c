import { toExpression } from "@/lib/client/run-expression";
import { readRunFilters } from "@/lib/client/run-filters";
import { countViewOperation } from "@/lib/contract/views";
import { nameOrganizations } from "@/lib/organizations/name-organizations";
import { admitComparison } from "@/lib/payloads/admit-comparison";
import { bind, endpoint } from "@/lib/platform/http/endpoint";
import { withListPool } from "@/lib/platform/paging/with-list-pool";
import { countRuns } from "@/lib/runs/count-runs";
import { getView } from "@/lib/views/get-view";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: bind(countViewOperation, async ({ db, caller, context, params }) => {
    const { query } = await getView(db, caller, String(params["id"]));
    const filters = readRunFilters(Object.fromEntries(new URLSearchParams(query)));
    const orgs = await nameOrganizations(db, caller.reach, { slugs: filters.org });
    const expression = toExpression(filters, orgs, new Date());
    await admitComparison(db, { caller, context, q: expression });
    const body = await withListPool(caller, (lists) => countRuns(lists, caller.reach, expression));
    return { status: 200, body };
  }),
});
