import { generators, Issuer } from "openid-client";
import { callHttp, type Reply } from "./call-http";
import { findSessionCookie, type SessionHeaders } from "./credentials";
import type { OpenIdProvider } from "./openid-provider";

/** A browser's cookies for one site. */
class Jar {
  private readonly cookies = new Map<string, string>();

  keep(setCookies: string[] | undefined): void {
    for (const line of setCookies ?? []) {
      const [pair = ""] = line.split(";");
      const at = pair.indexOf("=");
      const [name, value] = [pair.slice(0, at), pair.slice(at + 1)];
      if (value === "" || /max-age=0|expires=thu, 01 jan 1970/i.test(line)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
  }

  get header(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  }

  without(part: string): string {
    return this.header
      .split("; ")
      .filter((pair) => !pair.startsWith(part))
      .join("; ");
  }
}

export type Started = { url: URL; jar: Jar };

/** Starts a sign-in as the page does: up to the provider's URL, or to our error page. */
export async function startAtConsole(
  baseUrl: string,
  { provider = "test", next = "/runs", query = "", headers = {} as Record<string, string> } = {},
): Promise<Started> {
  const jar = new Jar();
  const form = await callHttp(baseUrl, "GET", "/api/auth/csrf", { headers });
  jar.keep(form.headers["set-cookie"]);
  const { csrfToken } = JSON.parse(form.text) as { csrfToken: string };
  const answer = await callHttp(baseUrl, "POST", `/api/auth/signin/${provider}${query}`, {
    headers: { ...headers, Cookie: jar.header, "Content-Type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ csrfToken, callbackUrl: next, json: "true" }).toString(),
  });
  jar.keep(answer.headers["set-cookie"]);
  return { url: new URL((JSON.parse(answer.text) as { url: string }).url), jar };
}

/**
 * Signs in at the provider's page.
 * @param account its `sub`, or "" to refuse
 * @returns the console's URL that the provider sends the browser to
 */
export async function passProvider({ url }: Pick<Started, "url">, account: string): Promise<URL> {
  const jar = new Jar();
  let next = url;
  let form: string | undefined;
  for (let hop = 0; hop < 8; hop++) {
    const answer = await callHttp(
      next.origin,
      form === undefined ? "GET" : "POST",
      next.pathname + next.search,
      {
        headers: {
          Cookie: jar.header,
          ...(form !== undefined && { "Content-Type": "application/x-www-form-urlencoded" }),
        },
        ...(form !== undefined && { body: form }),
      },
    );
    jar.keep(answer.headers["set-cookie"]);
    form = undefined;
    if (answer.headers.location) {
      next = new URL(answer.headers.location, next);
      if (next.origin !== url.origin) return next;
    } else if (answer.status === 200) {
      form = new URLSearchParams({ account }).toString();
    } else throw new Error(`the provider answered ${answer.status}: ${answer.text}`);
  }
  throw new Error("the provider never came back");
}

/** Follows the provider back to the console. */
export const returnToConsole = (baseUrl: string, url: URL, cookies: string): Promise<Reply> =>
  callHttp(baseUrl, "GET", url.pathname + url.search, {
    headers: { Cookie: cookies, "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate" },
  });

/** A whole sign-in. */
export async function signInAt(
  baseUrl: string,
  provider: OpenIdProvider,
  { sub }: { sub: string },
): Promise<Reply & { session: SessionHeaders | undefined }> {
  const started = await startAtConsole(baseUrl);
  const url = await passProvider(started, sub);
  const reply = await returnToConsole(baseUrl, url, started.jar.header);
  const cookie = findSessionCookie(reply.headers["set-cookie"]);
  const session = cookie && { Cookie: cookie, Origin: baseUrl, "Sec-Fetch-Site": "same-origin" };
  return { ...reply, session: session || undefined };
}

/** The failure in the sign-in page's URL. */
export const failureOf = ({ headers }: Reply): string | null =>
  new URL(headers.location ?? "", "http://console.invalid").searchParams.get("failure");

/** Signs in without the console, as a client with its redirect URI. */
export async function takeRefreshToken(
  provider: OpenIdProvider,
  baseUrl: string,
  account: string,
): Promise<string | undefined> {
  const redirectUri = `${baseUrl}/api/auth/callback/test`;
  const issuer = await Issuer.discover(provider.issuer);
  const client = new issuer.Client({ ...provider.client, redirect_uris: [redirectUri] });
  const [code_verifier, state] = [generators.codeVerifier(), generators.state()];
  const url = client.authorizationUrl({
    scope: "openid profile email",
    state,
    code_challenge: generators.codeChallenge(code_verifier),
    code_challenge_method: "S256",
  });
  const back = await passProvider({ url: new URL(url) }, account);
  const params = client.callbackParams(back.href);
  return (await client.callback(redirectUri, params, { state, code_verifier })).refresh_token;
}
