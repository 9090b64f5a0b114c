"use client";

import { useRouter } from "next/navigation";
import { useRef } from "react";
import { paths } from "@/lib/client/paths";

/** A pointer that crosses rows on its way elsewhere asks for nothing. */
const REST_MS = 80;

type Options = NonNullable<Parameters<ReturnType<typeof useRouter>["prefetch"]>[1]>;
/** Next's enum, which it doesn't export: with the page's data, not only its frame. */
const FULL = { kind: "full" } as unknown as Options;

/** Prefetches the page of the run that the pointer or the focus rests on. */
export function usePrefetch(): (run: { id: string }) => void {
  const router = useRouter();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  return ({ id }) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => router.prefetch(paths.run(id), FULL), REST_MS);
  };
}
