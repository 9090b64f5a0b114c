import { answerScim } from "@/lib/platform/http/answer-scim";
import { serveScim } from "./serve-scim";

type Context = { params: Promise<{ path: string[] }> };

const handle = async (request: Request, { params }: Context): Promise<Response> => {
  const { path } = await params;
  return answerScim(request, (call) => serveScim(path, call));
};

export { handle as GET, handle as POST, handle as PUT, handle as PATCH, handle as DELETE };
