/** How long a model typically takes: rules shared by the job, the SQL and the pages. */

/** How many days of successes count. */
export const PROFILE_DAYS = 7;

/** With fewer successes, the published figures are better. */
export const SAMPLES_NEEDED = 50;

/** Buckets of the density's scale. */
export const DENSITY_BUCKETS = 32;

/** A histogram on a logarithmic scale; the first and last bucket include everything beyond. */
export type Density = { fromMs: number; toMs: number; counts: number[] };
