import type { Duplex } from "node:stream";
import { isApiPath } from "./request-target";

/** Fits the contract's longest filter, percent-encoded, plus the headers of browsers and proxies. */
export const MAX_HEAD_BYTES = 64 * 1024;

const REQUEST_LINE = /^[A-Z]+ (\S+)/;
const ACCEPT = /^accept:[ \t]*(.*)$/im;
/** Enough for a short request line and the Accept header after it. */
const KEPT_BYTES = 4_000;

const starts = new WeakMap<Duplex, string>();

/**
 * Keeps the start of a connection's latest request, because the parser discards a request that is too long.
 */
export function keepStart(connection: Duplex): void {
  connection.on("data", (chunk: Buffer) => {
    const start = chunk.toString("latin1", 0, KEPT_BYTES);
    if (REQUEST_LINE.test(start)) starts.set(connection, start);
  });
}

/** Whether a person waits for the response in a browser. */
export function isForPerson(connection: Duplex): boolean {
  const start = starts.get(connection) ?? "";
  const accept = ACCEPT.exec(start)?.[1];
  if (accept !== undefined) return accept.includes("text/html");
  // The URL alone exceeds the kept bytes, so Accept is unknown: assume that only people request pages.
  const path = REQUEST_LINE.exec(start)?.[1];
  return path !== undefined && !isApiPath(path) && !path.startsWith("/api/");
}

/** A page without scripts or styles, because the browser would request them with the same long headers. */
export const LONG_HEAD_PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Address too long</title>
</head>
<body>
<main>
<h1>This address is too long</h1>
<p>The address and headers of this request are longer than 64 KiB, so the console did not read it. Nothing was changed.</p>
<ul>
<li><a href="/runs">Open the runs without a filter</a>, then filter again with less text.</li>
<li>If a short address leads here too, clear this site’s cookies in your browser and sign in again.</li>
</ul>
</main>
</body>
</html>
`;
