import { retryJobOperation } from "@/lib/contract/jobs";
import { retryJob } from "@/lib/operations/retry-job";
import { bind, endpoint } from "@/lib/platform/http/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  POST: bind(retryJobOperation, async ({ db, caller, context, params, body }) => {
    const command = { caller, context, jobId: String(params["job_id"]), ...body };
    return { status: 202, body: await retryJob(db, command) };
  }),
});
