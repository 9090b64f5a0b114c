import { exportEntries } from "@/lib/audit/export-entries";
import { exportAuditLogOperation } from "@/lib/contract/audit";
import { bind, endpoint } from "@/lib/http/endpoint";
import { currentIncoming } from "@/lib/http/incoming";
import { listApart } from "@/lib/paging/list-apart";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: bind(exportAuditLogOperation, async ({ db, caller, query, context, readCallerAgain }) => {
    const { method, socket } = currentIncoming();
    const { mediaType, fileName, body } = await exportEntries(db, caller, {
      query,
      context,
      isDownloaded: method !== "HEAD",
      list: (read) => listApart(caller, read),
      readCallerAgain,
      cut: () => void socket.destroy(),
    });
    const headers = {
      "Content-Type": `${mediaType}; charset=utf-8`,
      "Content-Disposition": `attachment; filename="${fileName}"`,
    };
    return { status: 200, body, headers };
  }),
});
