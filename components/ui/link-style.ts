/** A link that stands by itself at the end of a line: its place and its colour say what it is. Within a sentence one is underlined. */
export const ASIDE_LINK = "rounded-sm py-0.5 text-sm whitespace-nowrap text-accent hover:underline";
