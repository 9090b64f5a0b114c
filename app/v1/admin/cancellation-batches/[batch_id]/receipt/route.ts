import { writeReceipt } from "@/lib/cancellation-batches/write-receipt";
import { getCancellationReceiptOperation } from "@/lib/contract/cancellation-batches";
import { bind, endpoint } from "@/lib/platform/http/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: bind(getCancellationReceiptOperation, async ({ db, caller, params, query }) => {
    const { mediaType, fileName, body } = await writeReceipt(
      db,
      caller.reach,
      String(params["batch_id"]),
      query.format,
    );
    const headers = {
      "Content-Type": `${mediaType}; charset=utf-8`,
      "Content-Disposition": `attachment; filename="${fileName}"`,
    };
    return { status: 200, body, headers };
  }),
});
