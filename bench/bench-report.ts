/** A benchmark's result: figures by name (with units), their baseline, and the number of repetitions. */
export type BenchReport = {
  figures: Record<string, number>;
  yardstick: string;
  samples: number;
};
