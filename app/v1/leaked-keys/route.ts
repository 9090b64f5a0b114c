import { reportLeakedKeyOperation } from "@/lib/contract/leaked-keys";
import { reportLeakedKey } from "@/lib/keys/report-leaked-key";
import { bind, endpoint } from "@/lib/platform/http/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: bind(reportLeakedKeyOperation, async ({ db, context, body }) => {
    await reportLeakedKey(db, { context, body });
    return { status: 202, body: { status: "received" } };
  }),
});
