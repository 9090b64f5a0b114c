import NextAuth, { type NextAuthOptions } from "next-auth";
import { cookieName, pickCsrfCookie, readCookies } from "@/lib/identity/cookies";
import { openToken } from "@/lib/identity/open-token";
import { readSessions } from "@/lib/identity/session-cookie";

export type Call = {
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
  const isReturn = segments[0] === "callback" && method === "GET";
  const returned = isReturn ? await pickProviderCookies(headers, segments[1]) : undefined;
  const [session] = await readSessions(headers);
  const csrf = pickCsrfCookie(headers, form["csrfToken"]);
  const request = {
    method,
    query: { ...Object.fromEntries(url.searchParams), nextauth: segments },
    body: form,
    headers: Object.fromEntries(headers),
    // Omits the callback-url cookie: every form contains it, and a foreign cookie would look the same.
    cookies: {
      ...(session && { [cookieName("session")]: session.token }),
      ...(csrf && { [cookieName("csrf")]: csrf.cookie }),
      ...returned?.cookies,
    },
  };
  // A sign-in that began before a rotation of the secret ends with the same one.
  const secret = returned?.secret ?? csrf?.secret;
  const answer = new Reply();
  await NextAuth(request as never, answer as never, { ...options, ...(secret && { secret }) });
  return answer.toResponse();
}

/**
 * The cookies of a sign-in that was sent to an identity provider: state, nonce and PKCE verifier, each the
 * first one that we sealed for it, and the page to return to, which next-auth accepts only on this site.
 */
export async function pickProviderCookies(
  headers: Headers,
  provider: string | undefined,
): Promise<{ cookies: Record<string, string>; secret: string | undefined }> {
  const names = (["state", "nonce", "pkce"] as const).map(async (name) => {
    for (const token of readCookies(headers, name)) {
      const opened = await openToken(token, cookieName(name));
      if (opened?.claims["provider"] === provider) return [{ name: cookieName(name), token, ...opened }];
    }
    return [];
  });
  const found = (await Promise.all(names)).flat();
  const [callback] = readCookies(headers, "callback");
  return {
    cookies: {
      ...Object.fromEntries(found.map(({ name, token }) => [name, token])),
      ...(callback !== undefined && { [cookieName("callback")]: callback }),
    },
    secret: found[0]?.secret,
  };
}

/** next-auth repeats a parameter as it was sent, line breaks and all. */
const escapeAddress = (address: string): string =>
  address.toWellFormed().replace(/[^!-~]/gu, encodeURIComponent);

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
    const isAddress = name.toLowerCase() === "location";
    this.headers.set(name.toLowerCase(), isAddress ? escapeAddress(String(value)) : value);
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
