/**
 * A service key belongs to the platform and has scopes and a reach; an inference key belongs to a customer,
 * for its own runs.
 */
export const KEY_KINDS = ["service", "inference"] as const;
export type KeyKind = (typeof KEY_KINDS)[number];

/**
 * Whether a key works, and why not. `pending`: its owner hasn't claimed it. If several apply: revoked, then
 * expired, suspended and pending.
 */
export const KEY_STATES = ["active", "pending", "suspended", "expired", "revoked"] as const;
export type KeyState = (typeof KEY_STATES)[number];

/** Why a key is suspended: someone suspended it for a while, or its owner or maker can't answer for it. */
export const SUSPENSION_CAUSES = [
  "requested",
  "owner_disabled",
  "owner_unverified",
  "owner_lost_access",
  "maker_disabled",
] as const;
export type SuspensionCause = (typeof SUSPENSION_CAUSES)[number];

const PREFIX_LENGTH = 12;

/** The part of a key that lists show: enough to tell keys apart, too little to use. */
export const keyPrefix = (key: string): string => key.slice(0, PREFIX_LENGTH);

/** The prefix of a key that its owner hasn't claimed. */
export const PENDING_PREFIX = "rf_live_";

/** Whether a text is longer than a key's prefix, so probably a whole pasted key. */
export const isKeyText = (text: string): boolean =>
  /^rf_(svc|live)_/.test(text) && text.length > PREFIX_LENGTH;

/** How long a rotated key keeps working. */
export const ROTATION_OVERLAPS = ["now", "1h", "24h", "7d"] as const;
export type RotationOverlap = (typeof ROTATION_OVERLAPS)[number];
