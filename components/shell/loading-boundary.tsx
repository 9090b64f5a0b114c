"use client";

import { type ReactNode, Suspense, useState, useSyncExternalStore } from "react";

type Props = { /** Placeholders. */ fallback: ReactNode; children: ReactNode };

/**
 * Shows placeholders while a page of the console loads, but not on the browser's first load: the server would
 * send them first, and React waits with the streamed content to batch it, which delays the largest paint by
 * up to 300 ms. Decided once, because a boundary added later would mount the page again.
 */
export function LoadingBoundary({ fallback, children }: Props) {
  const [isFirstLoad] = useState(useIsHydrating());
  return isFirstLoad ? children : <Suspense fallback={fallback}>{children}</Suspense>;
}

const subscribe = () => () => {};

/** Whether this renders on the server, or on top of its HTML. */
const useIsHydrating = (): boolean =>
  useSyncExternalStore(
    subscribe,
    () => false,
    () => true,
  );
