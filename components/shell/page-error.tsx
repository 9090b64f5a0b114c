"use client";

import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

/**
 * What every page falls back to. It can't know whether a change went through before, so it claims nothing about that.
 * The digest, which only an error of the server has, finds it in the server's log.
 */
export function PageError({ error, retry }: { error: unknown; retry: () => void }) {
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : undefined;
  return (
    <EmptyState
      as="h1"
      title="This page could not be loaded"
      actions={
        <>
          <Button variant="primary" onClick={() => retry()}>
            Try again
          </Button>
          {/* The whole page has to come again, scripts included. */}
          <Button onClick={() => location.reload()}>Reload</Button>
        </>
      }
    >
      <p role="alert">
        {digest ? "The server could not make this page." : "Something in this page failed."} If you were
        changing something, reload to see how things stand.
      </p>
      {digest && (
        <p className="mt-2 text-sm">
          If it stays so, quote <code className="mono">{digest}</code>.
        </p>
      )}
    </EmptyState>
  );
}
