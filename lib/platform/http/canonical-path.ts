import { parseUuid } from "@/lib/contract/values";

/**
 * Normalizes a path: ids in lower case, no needless percent escapes. A retry spelled differently must not
 * look like another request.
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
