/** Quotes any text as a value of the `q` language. */
export const quoteValue = (text: string): string => `'${text.replaceAll(/['\\]/g, "\\$&")}'`;
