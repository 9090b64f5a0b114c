/**
 * Finds the first query parameter whose percent escapes aren't UTF-8, such as half a surrogate pair; Next
 * would substitute replacement characters. A percent sign that starts no escape is literal.
 */
export function findMalformedParameter(url: string): string | undefined {
  const [, query = ""] = /\?([^#]*)/.exec(url) ?? [];
  for (const pair of query.split("&")) {
    const escapes = pair.match(/(?:%[0-9a-f]{2})+/gi) ?? [];
    if (!escapes.every(isUtf8)) return [...new URLSearchParams(pair).keys()][0] ?? "";
  }
  return undefined;
}

function isUtf8(escapes: string): boolean {
  try {
    return decodeURIComponent(escapes) !== "";
  } catch {
    return false;
  }
}
