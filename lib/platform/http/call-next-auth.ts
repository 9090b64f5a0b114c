import NextAuth, { type NextAuthOptions } from "next-auth";
import { cookieName, pickCsrfCookie } from "@/lib/identity/cookies";
import { readSessions } from "@/lib/identity/session-cookie";

type Call = {
  method: string;
  url: URL;
  headers: Headers;
  /** The path below next-auth's own: the action and the provider. */
  segments: string[];
  /** The submitted form. */
  form: Record<string, string>;
};

/**
 * Calls next-auth with our cookies only. It would pick any of several cookies with the same name, so a
 * duplicate from elsewhere could silently prevent signing in or out.
 */
export async function callNextAuth(
  { method, url, headers, segments, form }: Call,
  options: NextAuthOptions,
): Promise<Response> {
  const request = {
    method,
    query: { ...Object.fromEntries(url.searchParams), nextauth: segments },
    body: form,
    headers: Object.fromEntries(headers),
    cookies: await pickCookies(headers, form["csrfToken"]),
  };
  const answer = new Reply();
  await NextAuth(request as never, answer as never, options);
  return answer.toResponse();
}

async function pickCookies(headers: Headers, csrfToken?: string): Promise<Record<string, string>> {
  const [session] = await readSessions(headers);
  const csrf = pickCsrfCookie(headers, csrfToken);
  // Omits the callback-url cookie: every form contains it, and a foreign cookie would look the same.
  return {
    ...(session && { [cookieName("session")]: session.token }),
    ...(csrf !== undefined && { [cookieName("csrf")]: csrf }),
  };
}

/** The part of a pages-router response that next-auth uses. */
class Reply {
  private code = 200;
  private body = "";
  private readonly headers = new Map<string, string | string[]>();

  status(code: number): this {
    this.code = code;
    return this;
  }

  getHeader(name: string): string | string[] | undefined {
    return this.headers.get(name.toLowerCase());
  }

  setHeader(name: string, value: string | string[]): this {
    this.headers.set(name.toLowerCase(), value);
    return this;
  }

  json(value: unknown): void {
    this.setHeader("Content-Type", "application/json").end(JSON.stringify(value));
  }

  send(value: unknown): void {
    this.end(typeof value === "string" ? value : JSON.stringify(value ?? {}));
  }

  end(text = ""): void {
    this.body = text;
  }

  toResponse(): Response {
    const headers = new Headers();
    for (const [name, value] of this.headers) for (const each of [value].flat()) headers.append(name, each);
    return new Response(this.body, { status: this.code, headers });
  }
}
