const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i;
const ONLY_UUID = new RegExp(`^${UUID.source}$`, "i");

/** Whether there is an id in the text, such as in a link or in a ticket's sentence. */
export const containsId = (text: string): boolean => UUID.test(text);

/** @returns the id, in lower case as the API writes it, when the text is one and nothing else */
export const readId = (text: string): string | undefined =>
  ONLY_UUID.test(text.trim()) ? text.trim().toLowerCase() : undefined;
