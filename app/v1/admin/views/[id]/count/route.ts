import { toExpression } from "@/lib/client/run-expression";
import { readRunFilters } from "@/lib/client/run-filters";
import { countViewOperation } from "@/lib/contract/views";
import { bind, endpoint } from "@/lib/http/endpoint";
import { listOrganizations } from "@/lib/organizations/list-organizations";
import { listApart } from "@/lib/paging/list-apart";
import { refuseGuessing } from "@/lib/payloads/refuse-guessing";
import { countRuns } from "@/lib/runs/count-runs";
import { getView } from "@/lib/views/get-view";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: bind(countViewOperation, async ({ db, caller, params }) => {
    const { query } = await getView(db, caller, String(params["id"]));
    const filters = readRunFilters(Object.fromEntries(new URLSearchParams(query)));
    const expression = toExpression(filters, await listOrganizations(db, caller.reach), new Date());
    refuseGuessing(caller, expression);
    const body = await listApart(caller, (lists) => countRuns(lists, caller.reach, expression));
    return { status: 200, body };
  }),
});
