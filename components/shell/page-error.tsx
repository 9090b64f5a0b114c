"use client";

import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

/** What every page falls back to; the digest finds the error in the server's log. */
export function PageError({ error, retry }: { error: unknown; retry: () => void }) {
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : undefined;
  return (
    <EmptyState
      as="h1"
      title="This page could not be loaded"
      actions={
        <Button variant="primary" onClick={() => retry()}>
          Try again
        </Button>
      }
    >
      <p role="alert">The server or its database did not answer as it should. Nothing was changed.</p>
      {digest && (
        <p className="mt-2 text-sm">
          Quote <code className="mono">{digest}</code> if it stays so.
        </p>
      )}
    </EmptyState>
  );
}
