import { queryOptions } from "@tanstack/react-query";
import { callApi } from "./call-api";
import { readId } from "./run-id";
import { RUN_ROW_FIELDS } from "./runs";

const MOST_SHOWN = 6;

const loadSchemas = () => Promise.all([import("@/lib/contract/look-up"), import("./run-schemas")]);

/** The newest runs that a pasted text leads to. Whoever goes on typing is not answered any more. */
export const lookUpOptions = (text: string) =>
  queryOptions({
    queryKey: ["look-up", text],
    queryFn: async ({ signal }) => {
      const [{ LookedUp }, { RunRows }] = await loadSchemas();
      const question = new URLSearchParams({ text });
      const { data: found } = await callApi(LookedUp, `/v1/admin/look-up?${question}`, { signal });
      const query = new URLSearchParams({
        q: found.kind === "run" ? `id:'${found.id}'` : (found.q ?? ""),
        fields: RUN_ROW_FIELDS,
        limit: String(MOST_SHOWN),
      });
      return (await callApi(RunRows, `/v1/admin/runs?${query}`, { signal })).data.items;
    },
    // An id leads to its run without an answer, and one letter says nothing.
    enabled: text.length > 1 && !readId(text),
    staleTime: 10_000,
    retry: false,
  });
