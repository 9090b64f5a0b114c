import { getRunOperation } from "@/lib/contract/runs";
import { showRun } from "@/lib/payloads/show-run";
import { bind, endpoint } from "@/lib/platform/http/endpoint";
import { getRun } from "@/lib/runs/get-run";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: bind(getRunOperation, async ({ db, caller, params }) => ({
    status: 200,
    body: await showRun(db, caller, await getRun(db, caller.reach, String(params["id"]))),
  })),
});
