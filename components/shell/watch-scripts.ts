import { isPageGone } from "@/components/ui/page-version";
import { noteNewer } from "@/lib/client/console-build";

/**
 * Notes a newer build when one of the page's scripts is missing: a page that was opened before an update may
 * need one first, to read a response that would name the build.
 * @returns a function that ends the watch
 */
export function watchScripts(): () => void {
  const check = async ({ target }: Event) => {
    const isOwn = target instanceof HTMLScriptElement && target.src.includes("/_next/static/");
    if (isOwn && (await isPageGone())) noteNewer();
  };
  const listener = (event: Event) => void check(event);
  // The errors of elements don't bubble.
  window.addEventListener("error", listener, true);
  return () => window.removeEventListener("error", listener, true);
}
