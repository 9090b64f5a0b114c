"use client";

import { useDebounced } from "./use-debounced";

const REST_MS = 800;

/** Announces a text after a pause (debounced): otherwise a screen reader would talk over the typing. */
export function SpokenStatus({ text }: { text: string }) {
  return (
    <span role="status" className="sr-only">
      {useDebounced(text, REST_MS)}
    </span>
  );
}
