import { listJobsOperation } from "@/lib/contract/jobs";
import { findJobs } from "@/lib/operations/find-jobs";
import { bind, endpoint } from "@/lib/platform/http/endpoint";
import { withListPool } from "@/lib/platform/paging/with-list-pool";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: bind(listJobsOperation, async ({ caller, query }) => ({
    status: 200,
    body: await withListPool(caller, (db) => findJobs(db, query)),
  })),
});
