"use client";

import { useRouter } from "next/navigation";
import { useRef } from "react";
import { paths } from "@/lib/client/paths";

/** A pointer that only crosses rows requests nothing. */
const REST_MS = 80;

type Options = NonNullable<Parameters<ReturnType<typeof useRouter>["prefetch"]>[1]>;
/** Next's unexported enum value: prefetches the page's data, not only its frame. */
const FULL = { kind: "full" } as unknown as Options;

/** Prefetches the page of the hovered or focused run. */
export function usePrefetch(): (run: { id: string }) => void {
  const router = useRouter();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  return ({ id }) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => router.prefetch(paths.run(id), FULL), REST_MS);
  };
}
