/** The days before a key's expiry on which its owner is warned. */
export const EXPIRY_WARNING_DAYS = [30, 10, 2] as const;

/** The messages to a key's owner, each once for a key. */
export type KeyNotice = "leaked" | `expires_in_${(typeof EXPIRY_WARNING_DAYS)[number]}_days`;
