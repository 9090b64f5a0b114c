import { queryOptions } from "@tanstack/react-query";
import type { LookedUp } from "@/lib/contract/look-up";
import { readId, shorten, TOO_LONG } from "@/lib/contract/text/pasted";
import { callApi } from "./call-api";
import { RUN_ROW_FIELDS, type RunRow } from "./runs";

const MOST_SHOWN = 6;

const loadSchemas = () => Promise.all([import("@/lib/contract/look-up"), import("./run-schemas")]);

type Found = {
  runs: RunRow[];
  /** Why nothing was found. */
  message?: string | undefined;
  /** The ticket whose audit entries to show. */
  ticket?: string | null;
  /** Customers with a similar name. */
  alike?: LookedUp["did_you_mean"];
};

/** The newest runs that match a pasted text, or why none do. Typing on aborts the request. */
export const lookUpOptions = (text: string) =>
  queryOptions({
    queryKey: ["look-up", text],
    queryFn: async ({ signal }): Promise<Found> => {
      const short = shorten(text);
      if (short === undefined) return { runs: [], message: TOO_LONG };
      const [{ LookedUp }, { RunRows }] = await loadSchemas();
      const question = new URLSearchParams({ text: short });
      const { data: found } = await callApi(LookedUp, `/v1/admin/look-up?${question}`, { signal });
      if (found.kind === "nothing") return { runs: [], message: found.message ?? undefined };
      if (found.kind === "ticket") return { runs: [], ticket: found.ticket };
      const query = new URLSearchParams({
        q: found.kind === "run" ? `id:'${found.id}'` : (found.q ?? ""),
        fields: RUN_ROW_FIELDS,
        limit: String(MOST_SHOWN),
      });
      const { data } = await callApi(RunRows, `/v1/admin/runs?${query}`, { signal });
      return { runs: data.items, alike: data.items.length === 0 ? found.did_you_mean : [] };
    },
    // An id leads straight to its run, and a single letter is too short.
    enabled: text.length > 1 && !readId(text),
    staleTime: 10_000,
    retry: false,
  });
