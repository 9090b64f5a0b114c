import { plainStored } from "@/lib/client/bidi";

/** Escapes what people wrote: no markup, no line breaks, and no text direction controls. */
export const escapeMarkdown = (text: string): string =>
  plainStored(text)
    .replaceAll(/[\\`*_{}[\]<>#|~&]/g, "\\$&")
    .replaceAll(/\s*[\r\n\u2028\u2029]+\s*/g, " / ");
