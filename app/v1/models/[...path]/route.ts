import { createRunOperation } from "@/lib/contract/runs";
import { bind, endpoint, refuseUnknownPath } from "@/lib/platform/http/endpoint";
import { createRun } from "@/lib/runs/create-run";

type Route = typeof refuseUnknownPath;
type Method = keyof ReturnType<typeof endpoint>;

const runsOfModel = endpoint({
  POST: bind(createRunOperation, async ({ db, caller, context, params, body }) => {
    const model = [params["path"]].flat().slice(0, -1).join("/");
    const run = await createRun(db, caller, { model, body, context });
    return { status: 201, body: run, headers: { Location: run.links.self } };
  }),
});

/** A slug without its owner names no model, so the path has no methods. */
const runsOfBareSlug = endpoint({});

/** Next can't match a fixed segment after a catch-all one, so this route matches `{owner}/{slug…}/runs`. */
const route =
  (method: Method): Route =>
  async (request, context) => {
    const path = [(await context.params)["path"]].flat();
    if (path.at(-1) !== "runs" || path.length < 2) return refuseUnknownPath(request, context);
    return (path.length === 2 ? runsOfBareSlug : runsOfModel)[method](request, context);
  };

export const GET = route("GET");
export const HEAD = route("HEAD");
export const POST = route("POST");
export const PUT = route("PUT");
export const PATCH = route("PATCH");
export const DELETE = route("DELETE");
export const OPTIONS = route("OPTIONS");
