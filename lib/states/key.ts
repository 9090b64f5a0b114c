/**
 * A service key belongs to the platform and has scopes and a reach; an inference key belongs to a customer,
 * for its own runs.
 */
export const KEY_KINDS = ["service", "inference"] as const;
export type KeyKind = (typeof KEY_KINDS)[number];

/**
 * Whether a key works, and why not. `suspended`: someone suspended it for a while, or its owner is disabled,
 * has an unverified email, or lost access to the inference key's customer. If several apply: revoked, then
 * expired, then suspended.
 */
export const KEY_STATES = ["active", "suspended", "expired", "revoked"] as const;
export type KeyState = (typeof KEY_STATES)[number];

const PREFIX_LENGTH = 12;

/** The part of a key that lists show: enough to tell keys apart, too little to use. */
export const keyPrefix = (key: string): string => key.slice(0, PREFIX_LENGTH);

/** Whether a text is longer than a key's prefix, so probably a whole pasted key. */
export const isKeyText = (text: string): boolean =>
  /^rf_(svc|live)_/.test(text) && text.length > PREFIX_LENGTH;
