import { reportActivityOperation } from "@/lib/contract/sessions";
import { env } from "@/lib/platform/env/env";
import { bind, endpoint } from "@/lib/platform/http/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  // Admitting any change by a session has recorded its use.
  POST: bind(reportActivityOperation, () => ({
    status: 200,
    body: { idle_minutes: env().SESSION_IDLE_MINUTES },
  })),
});
