/** @returns whether the server no longer has this page's own scripts, as after a deployment */
export async function isPageGone(): Promise<boolean> {
  const own = document.querySelector<HTMLScriptElement>('script[src*="/_next/static/"]')?.src;
  if (!own) return false;
  try {
    return (await fetch(own, { method: "HEAD", cache: "no-store" })).status === 404;
  } catch {
    return false;
  }
}
