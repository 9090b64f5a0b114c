/** A creation-time filter: a preset or a UTC range. Empty means any time. */
export type TimeValue = { age: string; from: string; to: string };

export const ANY_TIME: TimeValue = { age: "", from: "", to: "" };
