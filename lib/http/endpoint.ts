import type { Method } from "@/lib/contract/operation";
import { Refusal } from "@/lib/errors";
import { type BoundOperation, type Params } from "./bind";
import { runOperation } from "./run-operation";
import { serve } from "./serve";

export { bind } from "./bind";

type Route = (request: Request, context: { params: Promise<Params> }) => Promise<Response>;
type RouteMethod = "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS";

/** The handlers of one path: the bound operations, and 405 for every other method. */
export function endpoint(bound: Partial<Record<Method, BoundOperation>>): Record<RouteMethod, Route> {
  const allow = [
    bound.GET && "GET, HEAD",
    bound.POST && "POST",
    bound.PATCH && "PATCH",
    bound.DELETE && "DELETE",
  ]
    .filter(Boolean)
    .join(", ");
  const route =
    (found: BoundOperation | undefined): Route =>
    (request, { params }) =>
      serve(request, found?.operation, async (exchange) => {
        if (!found) throw new Refusal("METHOD_NOT_ALLOWED", { headers: { Allow: allow } });
        return runOperation(found, request, await params, exchange);
      });
  const refuse = route(undefined);
  const get = route(bound.GET);
  return {
    GET: get,
    HEAD: get,
    POST: route(bound.POST),
    PUT: refuse,
    PATCH: route(bound.PATCH),
    DELETE: route(bound.DELETE),
    OPTIONS: refuse,
  };
}

/** Any method on a path that doesn't exist. */
export const refuseUnknownPath: Route = (request) =>
  serve(request, undefined, () => Promise.reject(new Refusal("NOT_FOUND")));
