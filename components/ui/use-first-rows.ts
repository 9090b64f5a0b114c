"use client";

import { useDeferredValue } from "react";
import { useIsInBrowser } from "./use-is-in-browser";

/** A screenful, on a screen 1,080 pixels high. */
const FIRST_ROWS = 24;

/**
 * The rows to draw. The server draws the first, so that the page shows sooner; the browser adds the rest
 * once the page responds. A page that opens without a reload draws all at once, so that Back finds its row.
 */
export function useFirstRows<R>(rows: readonly R[]): readonly R[] {
  const isComplete = useDeferredValue(useIsInBrowser());
  return isComplete ? rows : rows.slice(0, FIRST_ROWS);
}
