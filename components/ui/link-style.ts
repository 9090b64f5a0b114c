/** A standalone link: its place and color mark it as one. Links within a sentence are underlined. */
export const ASIDE_LINK =
  "-my-1 inline-block rounded-sm py-1 text-sm whitespace-nowrap text-accent hover:underline";
