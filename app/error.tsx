"use client";

/**
 * Error boundary for failures outside the console's layout, such as reading the session. Every page bundles
 * it, so it imports nothing.
 */
export default function RootError({ retry }: { error: unknown; retry: () => void }) {
  return (
    <main className="mx-auto grid min-h-dvh max-w-md place-content-center justify-items-center gap-4 px-6 text-center">
      <h1 className="text-md font-semibold">This page could not be loaded</h1>
      <p role="alert" className="text-ink-muted text-balance">
        If you were making a change, reload the page to check whether it was saved.
      </p>
      <button
        type="button"
        onClick={() => retry()}
        className="bg-accent-solid h-8 rounded border border-transparent px-3 font-medium text-white hover:brightness-110"
      >
        Try again
      </button>
    </main>
  );
}
