const UUID = /(?<![0-9a-f])[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![0-9a-f])/i;

/** @returns the first uuid in the text, in lower case as the API writes it */
export const findRunId = (text: string): string | undefined => UUID.exec(text)?.[0].toLowerCase();
