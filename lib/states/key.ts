/** What a key is for: ours, with scopes and a reach, or a customer's, for the runs of its own organization. */
export const KEY_KINDS = ["service", "inference"] as const;
export type KeyKind = (typeof KEY_KINDS)[number];

/**
 * Whether a key works now, and why not. `suspended`: its owner is disabled, their e-mail is not verified, or
 * they lost their access to the customer whose inference key it is. The first that holds of revoked, expired, suspended.
 */
export const KEY_STATES = ["active", "suspended", "expired", "revoked"] as const;
export type KeyState = (typeof KEY_STATES)[number];

const PREFIX_LENGTH = 12;

/** The part of a key that lists show: enough to tell keys apart, too little to use. */
export const keyPrefix = (key: string): string => key.slice(0, PREFIX_LENGTH);

/** Whether a text is more of a key than its prefix: somebody pasted the whole one. */
export const isKeyText = (text: string): boolean =>
  /^rf_(svc|live)_/.test(text) && text.length > PREFIX_LENGTH;
