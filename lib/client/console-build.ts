import { CONSOLE_BUILD_HEADER, CONSOLE_BUILD_META } from "@/lib/contract/console-build";
import { readMeta } from "./read-meta";

/** Never reset: during a rolling restart, both builds answer in turn. */
let isNewer = false;
const listeners = new Set<() => void>();

/** Compares the build that answered with the build that rendered this page. */
export function noteBuild(headers: Headers): void {
  const [answered, own] = [headers.get(CONSOLE_BUILD_HEADER), readMeta(CONSOLE_BUILD_META)];
  if (answered && own && answered !== own) noteNewer();
}

/** Notes that the server runs a newer build than this page's. */
export function noteNewer(): void {
  if (isNewer) return;
  isNewer = true;
  listeners.forEach((tell) => tell());
}

export const isOutdated = (): boolean => isNewer;

/** @returns the unsubscribe function */
export function onOutdated(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
