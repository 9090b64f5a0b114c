import { CANCELLATION_HEADER, cancelRunOperation } from "@/lib/contract/runs";
import { showRuns } from "@/lib/payloads/show-run";
import { bind, endpoint } from "@/lib/platform/http/endpoint";
import { cancelRun } from "@/lib/runs/cancel-run";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: bind(cancelRunOperation, async ({ db, caller, context, params, body }) => {
    const command = { runId: String(params["run_id"]), reason: body?.reason ?? null, context };
    const { outcome, run: found } = await cancelRun(db, caller, command);
    const [run] = showRuns(caller, [found]) as [typeof found];
    const headers = { [CANCELLATION_HEADER]: outcome };
    return outcome === "transitioned"
      ? { status: 201, body: run, headers: { ...headers, Location: run.links.self } }
      : { status: 200, body: run, headers };
  }),
});
