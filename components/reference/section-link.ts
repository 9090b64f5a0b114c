/** A link to a section of the page; in several rows, each is large enough for a finger. */
export const SECTION_LINK =
  "inline-block rounded-sm py-1 text-sm whitespace-nowrap text-accent hover:underline";
