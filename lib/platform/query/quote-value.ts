/** A text as a value of the `q` language, whatever it contains. */
export const quoteValue = (text: string): string => `'${text.replaceAll(/['\\]/g, "\\$&")}'`;
