import { IDENTITY_PROVIDER_META } from "@/lib/contract/identity-provider-meta";
import { readMeta } from "./read-meta";

/** The identity provider of the signed-in person, if any. */
export function readIdentityProvider(): { id: string; name: string } | undefined {
  const [, id, name] = /^(\S+) (.+)$/.exec(readMeta(IDENTITY_PROVIDER_META) ?? "") ?? [];
  return id !== undefined && name !== undefined ? { id, name } : undefined;
}

/**
 * Sends the browser to an identity provider. By script, because Chromium applies `form-action` to the
 * redirect of a form.
 * @param next a path of this console
 * @param isStepUp whether the provider must ask for the person's credentials, although it knows them
 * @returns why it could not be sent; undefined while it leaves the page
 */
export async function startProviderSignIn(
  provider: string,
  next: string,
  { isStepUp = false } = {},
): Promise<string | undefined> {
  try {
    const { csrfToken } = (await (await fetch("/api/auth/csrf")).json()) as { csrfToken: string };
    const answer = await fetch(`/api/auth/signin/${provider}${isStepUp ? "?prompt=login&max_age=0" : ""}`, {
      method: "POST",
      body: new URLSearchParams({ csrfToken, callbackUrl: next, json: "true" }),
    });
    const url = new URL(((await answer.json()) as { url: string }).url);
    if (url.searchParams.has("csrf")) return "cookies_blocked";
    // Only next-auth's own error page is on this site.
    if (url.origin === window.location.origin) return "unreachable";
    window.location.assign(url);
    return undefined;
  } catch {
    return "offline";
  }
}
