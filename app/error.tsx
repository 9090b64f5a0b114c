"use client";

/**
 * For what fails before there is a frame around the page, such as reading who is signed in. It comes with every page, so it
 * is made of nothing but itself.
 */
export default function RootError({ retry }: { error: unknown; retry: () => void }) {
  return (
    <main className="mx-auto grid min-h-dvh max-w-md place-content-center justify-items-center gap-4 px-6 text-center">
      <h1 className="text-md font-semibold">This page could not be loaded</h1>
      <p role="alert" className="text-ink-muted text-balance">
        If you were changing something, reload the page to see how things stand.
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
