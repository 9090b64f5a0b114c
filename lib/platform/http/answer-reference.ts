import { createHash } from "node:crypto";
import { env } from "@/lib/platform/env/env";
import { readReference } from "./reference";
import { findSignedIn } from "./session";

/**
 * Answers with a text of the reference. Caches may keep it, but ask each time whether it is current.
 * @param name of the page, or `llms.txt`
 */
export async function answerReference(name: string, type: string, request: Request): Promise<Response> {
  const isPublic = env().PUBLIC_REFERENCE;
  if (!isPublic && !(await findSignedIn())) return refuse(401, "Sign in to the console to read this.\n");
  const text = readReference().texts.get(name);
  if (text === undefined) return refuse(404, "This page doesn't exist. /llms.txt lists all pages.\n");
  const tag = `"${createHash("sha256").update(text).digest("base64url")}"`;
  const headers = {
    "Content-Type": `${type}; charset=utf-8`,
    "Cache-Control": `${isPublic ? "public" : "private"}, no-cache`,
    ETag: tag,
    Vary: "Cookie",
  };
  const isKnown = request.headers
    .get("if-none-match")
    ?.split(/\s*,\s*/)
    .includes(tag);
  return isKnown ? new Response(null, { status: 304, headers }) : new Response(text, { headers });
}

const refuse = (status: number, text: string): Response =>
  new Response(text, {
    status,
    headers: { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store" },
  });
