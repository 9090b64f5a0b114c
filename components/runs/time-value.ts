/** When something was created: one of the presets, or from one moment to another in UTC. Empty means any time. */
export type TimeValue = { age: string; from: string; to: string };

export const ANY_TIME: TimeValue = { age: "", from: "", to: "" };
