import { useSyncExternalStore } from "react";
import { CONSOLE_BUILD_HEADER, CONSOLE_BUILD_META } from "@/lib/contract/console-build";
import { readMeta } from "./read-meta";

/** Stays once it is true: while processes are replaced one by one, answers of both builds come in turn. */
let isOutdated = false;
const listeners = new Set<() => void>();

/** Compares the build that answered with the one that rendered this page. */
export function noteBuild(headers: Headers): void {
  const [answered, own] = [headers.get(CONSOLE_BUILD_HEADER), readMeta(CONSOLE_BUILD_META)];
  if (isOutdated || !answered || !own || answered === own) return;
  isOutdated = true;
  listeners.forEach((tell) => tell());
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** @returns whether a newer build than this page's answers by now */
export const useIsOutdated = (): boolean =>
  useSyncExternalStore(
    subscribe,
    () => isOutdated,
    () => false,
  );
