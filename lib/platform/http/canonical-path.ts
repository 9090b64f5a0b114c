import { parseUuid } from "@/lib/contract/values";

/**
 * One spelling for all that name the same thing: ids in lower case, and no percent escape that needn't be one. A client
 * that spells its retry otherwise must not be told that somebody else came first.
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
