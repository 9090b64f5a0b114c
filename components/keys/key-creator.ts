import type { Permission } from "@/lib/states/permissions";

/** Whoever makes the key: nothing that they don't have goes into it. */
export type KeyCreator = { id: string; permissions: readonly Permission[]; reachesAll: boolean };

export type Org = { id: string; slug: string; name: string };
