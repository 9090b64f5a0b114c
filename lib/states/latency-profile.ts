/** What a model typically takes: the rules that the job, the statements and the pages share. */

/** How many days of successes count. */
export const PROFILE_DAYS = 7;

/** With fewer successes than these the published figures say more. */
export const SAMPLES_NEEDED = 50;

/** Into how many parts the density divides its scale. */
export const DENSITY_BUCKETS = 32;

/** How often what falls into each part of a logarithmic scale happened; the first and the last have what lies beyond. */
export type Density = { fromMs: number; toMs: number; counts: number[] };
