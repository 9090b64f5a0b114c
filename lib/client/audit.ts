import { queryOptions } from "@tanstack/react-query";
import { callApi } from "./call-api";

/** The audit entries of one run, newest first. */
export const runEntriesOptions = (runId: string) =>
  queryOptions({
    queryKey: ["audit", "run", runId],
    queryFn: async ({ signal }) => {
      const { AuditPage } = await import("@/lib/contract/audit");
      const query = new URLSearchParams({ target_id: runId, limit: "20" });
      return (await callApi(AuditPage, `/v1/admin/audit-log?${query}`, { signal })).data.items;
    },
  });

/** Enough to show a few, leave out the run itself and see whether more exist. */
const MOST_CANCELS = 7;

/** The newest cancellations for a ticket, of any run. */
export const ticketCancelsOptions = (ticket: string) =>
  queryOptions({
    queryKey: ["audit", "ticket", ticket],
    queryFn: async ({ signal }) => {
      const { AuditPage } = await import("@/lib/contract/audit");
      const query = new URLSearchParams({ ticket, action: "run.cancelled", limit: String(MOST_CANCELS) });
      return (await callApi(AuditPage, `/v1/admin/audit-log?${query}`, { signal })).data.items;
    },
    staleTime: 30_000,
  });
