import type pg from "pg";

const shared = globalThis as { runflowPools?: Map<string, pg.Pool> };

/** The process's connection pools by name, for the metrics. */
export const pools = (): Map<string, pg.Pool> => (shared.runflowPools ??= new Map());
