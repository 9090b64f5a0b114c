import { queryOptions } from "@tanstack/react-query";
import type { CreateViewBody, SavedView, UpdateViewBody } from "@/lib/contract/views";
import { callApi } from "./call-api";
import { paths } from "./paths";
import { send } from "./send";

export type { SavedView };

const PATH = "/v1/admin/views";
const pathOf = (id: string): string => `${PATH}/${encodeURIComponent(id)}`;
const loadSchemas = () => import("@/lib/contract/views");
const loadView = async () => (await loadSchemas()).SavedView;

/** Your own views and the team's, by name. */
export const viewsOptions = () =>
  queryOptions({
    queryKey: ["views"],
    queryFn: async ({ signal }) => {
      const { SavedViews } = await loadSchemas();
      return (await callApi(SavedViews, PATH, { signal })).data.items;
    },
    staleTime: 30_000,
  });

let lastCount: Promise<unknown> = Promise.resolve();

/** One at a time: a person gets two concurrent lists, and the page needs one of them. */
function inTurn<T>(count: () => Promise<T>): Promise<T> {
  const turn = lastCount.then(count, count);
  lastCount = turn;
  return turn;
}

/** How many runs a view has now. */
export const viewCountOptions = (id: string) =>
  queryOptions({
    queryKey: ["views", "count", id],
    queryFn: ({ signal }) =>
      inTurn(async () => {
        // The menu was closed meanwhile.
        signal.throwIfAborted();
        const { ViewCount } = await loadSchemas();
        return (await callApi(ViewCount, `${pathOf(id)}/count`, { signal })).data;
      }),
    staleTime: 15_000,
    retry: false,
  });

export const createView = (body: CreateViewBody): Promise<SavedView> =>
  send(loadView, { method: "POST", path: PATH, body });

export const updateView = (id: string, body: UpdateViewBody): Promise<SavedView> =>
  send(loadView, { method: "PATCH", path: pathOf(id), body });

export const deleteView = (id: string): Promise<SavedView> =>
  send(loadView, { method: "DELETE", path: pathOf(id) });

export const viewPath = ({ query }: Pick<SavedView, "query">): string =>
  paths.runs(Object.fromEntries(new URLSearchParams(query)));
