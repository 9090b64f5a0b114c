"use client";

import "./globals.css";

/** The last-resort error boundary: it replaces the root layout. */
export default function GlobalError({ retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="en" translate="no">
      <body className="px-4 py-16 text-center">
        <title>Runflow console</title>
        <meta name="google" content="notranslate" />
        <main className="grid justify-items-center gap-3">
          <h1 className="text-lg font-semibold">The console could not be loaded</h1>
          <p>If you were making a change, reload the page to check whether it was saved.</p>
          <button type="button" onClick={() => retry()} className="border-control rounded border px-4 py-2">
            Try again
          </button>
        </main>
      </body>
    </html>
  );
}
