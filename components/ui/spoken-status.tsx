"use client";

import { useDebounced } from "./use-debounced";

const REST_MS = 800;

/** Says a text aloud once it has rested: with each key that is typed a screen reader would talk over the typing. */
export function SpokenStatus({ text }: { text: string }) {
  return (
    <span role="status" className="sr-only">
      {useDebounced(text, REST_MS)}
    </span>
  );
}
