import NextAuth, { type NextAuthOptions } from "next-auth";
import { decode } from "next-auth/jwt";
import { cookieName, pickCsrfCookie, readCookies } from "@/lib/identity/cookies";
import { readSessions } from "@/lib/identity/session-cookie";
import { env } from "@/lib/platform/env/env";

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
  const request = {
    method,
    query: { ...Object.fromEntries(url.searchParams), nextauth: segments },
    body: form,
    headers: Object.fromEntries(headers),
    cookies: {
      ...(await pickCookies(headers, form["csrfToken"])),
      ...(segments[0] === "callback" &&
        method === "GET" &&
        (await pickProviderCookies(headers, segments[1]))),
    },
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

/**
 * The cookies of a sign-in that was sent to an identity provider: state, nonce and PKCE verifier, each the
 * first one that we sealed for it, and the page to return to, which next-auth accepts only on this site.
 */
export async function pickProviderCookies(
  headers: Headers,
  provider: string | undefined,
): Promise<Record<string, string>> {
  const names = (["state", "nonce", "pkce"] as const).map(async (name) => {
    for (const token of readCookies(headers, name)) {
      const salt = cookieName(name);
      const claims = await decode({ token, secret: env().NEXTAUTH_SECRET, salt }).catch(() => null);
      if (claims?.["provider"] === provider) return [[cookieName(name), token] as const];
    }
    return [];
  });
  const [callback] = readCookies(headers, "callback");
  return {
    ...Object.fromEntries((await Promise.all(names)).flat()),
    ...(callback !== undefined && { [cookieName("callback")]: callback }),
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
