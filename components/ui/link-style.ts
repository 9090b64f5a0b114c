/** A link that stands by itself at the end of a line: its place and its colour say what it is. Within a sentence one is underlined. */
export const ASIDE_LINK =
  "-my-1 inline-block rounded-sm py-1 text-sm whitespace-nowrap text-accent hover:underline";
