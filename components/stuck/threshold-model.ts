export type ThresholdModel = { id: string; slug: string; p95Ms: number; stuckFactor: number };
