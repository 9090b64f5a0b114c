"use client";

import { type ReactNode, Suspense, useEffect, useState } from "react";

type Props = {
  /** Placeholders; without them, the former page stays until this one has loaded. */ fallback: ReactNode;
  children: ReactNode;
};

let isFirstPage = true;

/**
 * Shows placeholders while a page of the console loads, but not on the browser's first load: the server would
 * send them first, and React waits with the streamed content to batch it, which delays the largest paint by
 * up to 300 ms. Decided once, because a boundary added later would mount the page again.
 */
export function LoadingBoundary({ fallback, children }: Props) {
  const [isFirst] = useState(isFirstPage);
  useEffect(() => {
    isFirstPage = false;
  }, []);
  return isFirst || !fallback ? children : <Suspense fallback={fallback}>{children}</Suspense>;
}
