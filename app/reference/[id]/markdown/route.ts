import { answerReference } from "@/lib/platform/http/answer-reference";

type Context = { params: Promise<{ id: string }> };

/** A page of the reference as Markdown, at `/reference/ID.md` (next.config.js). */
export const GET = async (request: Request, { params }: Context): Promise<Response> =>
  answerReference((await params).id, "text/markdown", request);
