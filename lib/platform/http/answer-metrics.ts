import { writeMetrics } from "@/lib/operations/write-metrics";
import { listDb } from "@/lib/platform/db/client";
import { env } from "@/lib/platform/env/env";
import { mayReadMetrics } from "@/lib/platform/metrics/may-read-metrics";

const HEADERS = { "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff" };

/** Answers GET /metrics for a scraper with the token; without the setting, the path doesn't exist. */
export async function answerMetrics(request: Request): Promise<Response> {
  const { METRICS_TOKEN } = env();
  if (METRICS_TOKEN === undefined) return new Response("Not found.\n", { status: 404, headers: HEADERS });
  if (!mayReadMetrics(request.headers.get("authorization"), METRICS_TOKEN)) {
    const headers = { ...HEADERS, "WWW-Authenticate": "Bearer" };
    return new Response("The token of METRICS_TOKEN is required.\n", { status: 401, headers });
  }
  const { text, contentType } = await writeMetrics(listDb());
  return new Response(text, { headers: { ...HEADERS, "Content-Type": contentType } });
}
