import { answerMetrics } from "@/lib/platform/http/answer-metrics";

export const dynamic = "force-dynamic";

export { answerMetrics as GET };
