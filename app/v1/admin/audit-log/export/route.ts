import { exportEntries } from "@/lib/audit/export/export-entries";
import { EXPORT_SIZE_HEADER, exportAuditLogOperation } from "@/lib/contract/audit";
import { bind, endpoint } from "@/lib/platform/http/endpoint";
import { withListPool } from "@/lib/platform/paging/with-list-pool";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: bind(exportAuditLogOperation, async ({ db, caller, query, context, raw, readCallerAgain }) => {
    const { mediaType, fileName, body, size } = await exportEntries(db, caller, {
      query,
      context,
      isDownloaded: raw.method !== "HEAD",
      list: (read) => withListPool(caller, read),
      readCallerAgain,
    });
    const headers = {
      "Content-Type": `${mediaType}; charset=utf-8`,
      "Content-Disposition": `attachment; filename="${fileName}"`,
      ...(size && { [EXPORT_SIZE_HEADER]: JSON.stringify(size) }),
    };
    return { status: 200, body, headers };
  }),
});
