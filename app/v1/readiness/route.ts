import { getReadinessOperation } from "@/lib/contract/system";
import { checkDependencies } from "@/lib/platform/db/check-dependencies";
import { bind, endpoint } from "@/lib/platform/http/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = endpoint({
  GET: bind(getReadinessOperation, async ({ db }) => {
    const dependencies = await checkDependencies(db);
    const ok = dependencies.every((dependency) => dependency.ok);
    return { status: ok ? 200 : 503, body: { ok, dependencies } };
  }),
});
