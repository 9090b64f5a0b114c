"use client";

import { useMutation } from "@tanstack/react-query";
import { useRefresh } from "./use-refresh";

/**
 * A change that a person makes; on success, refreshes the page.
 * @returns with `isSettling`, true from the response until the page shows the change
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
    // Offline, the library would otherwise wait silently.
    networkMode: "always",
    // The response may hold a secret: after a reset, nothing keeps it.
    gcTime: 0,
  });
  return { ...mutation, isSettling };
}
