"use client";

import { useDeferredValue, useSyncExternalStore } from "react";

/** A screenful, on a screen 1,080 pixels high. */
const FIRST_ROWS = 24;

const never = () => () => {};

/**
 * The rows to draw. The server draws the first, so that the page shows sooner; the browser adds the rest
 * once the page responds. A page that opens without a reload draws all at once, so that Back finds its row.
 */
export function useFirstRows<R>(rows: readonly R[]): readonly R[] {
  const isInBrowser = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  const isComplete = useDeferredValue(isInBrowser);
  return isComplete ? rows : rows.slice(0, FIRST_ROWS);
}
