/** What a benchmark ends with: figures by name (units in the names), what they are measured against, how often. */
export type BenchReport = {
  figures: Record<string, number>;
  yardstick: string;
  samples: number;
};
