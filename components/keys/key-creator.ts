import type { Permission } from "@/lib/states/permissions";

/** Who creates a key: it can't have permissions that they lack. */
export type KeyCreator = { id: string; permissions: readonly Permission[]; reachesAll: boolean };
