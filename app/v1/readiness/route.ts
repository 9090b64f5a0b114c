import { getReadinessOperation } from "@/lib/contract/system";
import { db } from "@/lib/platform/db/client";
import { bind, endpoint } from "@/lib/platform/http/endpoint";
import { checkReadiness } from "@/lib/platform/jobs/check-readiness";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: bind(getReadinessOperation, async () => {
    const readiness = await checkReadiness(db());
    return { status: readiness.ok ? 200 : 503, body: readiness };
  }),
});
