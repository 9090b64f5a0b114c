"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";

/** A change that a person asks for; once it is made, the page is rendered anew. */
export function useChange<Input, Output>(
  change: (input: Input) => Promise<Output>,
  onDone?: (output: Output) => void,
) {
  const router = useRouter();
  return useMutation({
    mutationFn: change,
    onSuccess: (output) => {
      onDone?.(output);
      router.refresh();
    },
    // Told that there is no network, the library would wait in silence.
    networkMode: "always",
  });
}
