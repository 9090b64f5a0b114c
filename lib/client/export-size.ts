import { queryOptions } from "@tanstack/react-query";
import { signedInAs } from "./signed-in-as";

/** How many entries an export would have; the range is null when it would be empty. */
export type ExportSize = { entries: number; isMore: boolean; from: string | null; to: string | null };

/** Sends HEAD, which exports nothing and writes no audit entry. Null if the server didn't count. */
export const exportSizeOptions = (query: Record<string, string>) =>
  queryOptions({
    queryKey: ["audit", "export-size", query],
    queryFn: async ({ signal }): Promise<ExportSize | null> => {
      const { EXPORT_SIZE_HEADER } = await import("@/lib/contract/audit");
      const path = `/v1/admin/audit-log/export?${new URLSearchParams({ ...query, format: "csv" })}`;
      const answer = await fetch(path, { method: "HEAD", cache: "no-store", headers: signedInAs(), signal });
      const size = answer.headers.get(EXPORT_SIZE_HEADER);
      return size === null ? null : (JSON.parse(size) as ExportSize);
    },
    retry: false,
  });
