/**
 * The first parameter of an address with percent escapes that are not UTF-8, such as half a surrogate pair; the framework
 * would put replacement characters in their place. A percent sign that starts no escape is taken as it is.
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
