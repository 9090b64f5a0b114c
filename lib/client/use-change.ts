"use client";

import { useMutation } from "@tanstack/react-query";
import { useRefresh } from "./use-refresh";

/**
 * A change that a person asks for; once it is made, the page is rendered again.
 * @returns with `isSettling`, true from the answer until the page shows it
 */
export function useChange<Input, Output>(
  change: (input: Input) => Promise<Output>,
  onDone?: (output: Output) => void,
) {
  const { refresh, isSettling } = useRefresh();
  const mutation = useMutation({
    mutationFn: change,
    onSuccess: (output) => {
      onDone?.(output);
      refresh();
    },
    // Told that there is no network, the library would wait in silence.
    networkMode: "always",
    // An answer may hold a secret: once it is reset, nothing keeps it.
    gcTime: 0,
  });
  return { ...mutation, isSettling };
}
