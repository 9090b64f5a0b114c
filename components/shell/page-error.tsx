"use client";

import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

/**
 * Error boundary of every page. It can't know whether an earlier change was saved, so it doesn't say. Only
 * server errors have a digest, which identifies the error in the server's log.
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
          {/* Reloads the whole page, scripts included. */}
          <Button onClick={() => location.reload()}>Reload</Button>
        </>
      }
    >
      <p role="alert">
        {digest ? "The server could not render this page." : "Something on this page failed."} If you were
        making a change, reload to check whether it was saved.
      </p>
      {digest && (
        <p className="mt-2 text-sm">
          If this keeps happening, report <code className="mono">{digest}</code>.
        </p>
      )}
    </EmptyState>
  );
}
