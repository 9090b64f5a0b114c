import { queryOptions } from "@tanstack/react-query";
import { callApi } from "./call-api";

/** The trail's entries about one run, newest first. */
export const runEntriesOptions = (runId: string) =>
  queryOptions({
    queryKey: ["audit", "run", runId],
    queryFn: async ({ signal }) => {
      const { AuditPage } = await import("@/lib/contract/audit");
      const query = new URLSearchParams({ target_id: runId, limit: "20" });
      return (await callApi(AuditPage, `/v1/admin/audit-log?${query}`, { signal })).data.items;
    },
  });
