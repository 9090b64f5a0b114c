"use client";

/** The last-resort error boundary: it replaces the root layout, so it has no styles. */
export default function GlobalError({ retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="en" translate="no">
      <body
        style={{
          fontFamily: "system-ui, sans-serif",
          colorScheme: "light dark",
          padding: "4rem 1rem",
          textAlign: "center",
        }}
      >
        <title>Runflow console</title>
        <meta name="google" content="notranslate" />
        <main>
          <h1 style={{ fontSize: "1.125rem" }}>The console could not be loaded</h1>
          <p>If you were making a change, reload the page to check whether it was saved.</p>
          <button type="button" onClick={() => retry()} style={{ font: "inherit", padding: "0.5rem 1rem" }}>
            Try again
          </button>
        </main>
      </body>
    </html>
  );
}
