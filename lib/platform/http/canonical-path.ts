import { parseUuid } from "@/lib/contract/values";

/**
 * Normalizes a path: ids in lower case, no needless percent escapes. A retry with another spelling must still
 * match the first request.
 * @param pathname of a URL, with well-formed escapes
 */
export const canonicalPath = (pathname: string): string =>
  pathname
    .split("/")
    .map((segment) => {
      const text = decodeURIComponent(segment);
      return encodeURIComponent(parseUuid(text) ?? text);
    })
    .join("/");
