"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { ThemeProvider } from "next-themes";
import { type ReactNode, useEffect, useState } from "react";
import { ApiError } from "@/lib/client/api-error";

/** @param nonce for the inline script that sets the theme before the first paint */
export function Providers({ nonce, children }: { nonce: string | undefined; children: ReactNode }) {
  const [queryClient] = useState(createQueryClient);
  useEffect(() => {
    let isGone = false;
    let stop = () => {};
    const start = async () => {
      const { startGuards } = await import("./page-guards");
      if (!isGone) stop = startGuards(queryClient);
    };
    // A deployment may remove them while the page is open.
    start().catch(() => undefined);
    return () => {
      isGone = true;
      stop();
    };
  }, [queryClient]);
  return (
    <ThemeProvider {...(nonce && { nonce })}>
      <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
    </ThemeProvider>
  );
}

const createQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        // Retries only transient failures; a refusal stays a refusal.
        retry: (failures, error) => failures < 2 && !(error instanceof ApiError && error.status < 500),
        refetchOnWindowFocus: true,
      },
    },
  });
