import { answerReference } from "@/lib/platform/http/answer-reference";

/** Names the reference's pages for language models (llmstxt.org). */
export const GET = (request: Request): Promise<Response> =>
  answerReference("llms.txt", "text/plain", request);
