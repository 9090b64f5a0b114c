import type { BatchProgress } from "@/lib/contract/cancellation-batches";

export type Share = { label: string; runs: number; fill: string };

/** The runs by outcome, in the order of the bar. Each fill differs in its pattern, too. */
export const sharesOf = (progress: BatchProgress): Share[] => [
  { label: "Canceled", runs: progress.canceled, fill: "var(--accent-solid)" },
  { label: "Already ended", runs: progress.unchanged, fill: "url(#share-stripes)" },
  { label: "Not found", runs: progress.not_found, fill: "url(#share-dots)" },
  { label: "Refused", runs: progress.refused, fill: "url(#share-grid)" },
  { label: "Failed", runs: progress.failed, fill: "url(#share-cross)" },
];

/** Runs that a retry would attempt again. */
export const failedOf = ({ not_found, refused, failed }: BatchProgress): number =>
  not_found + refused + failed;

export const settledOf = (progress: BatchProgress): number =>
  progress.canceled + progress.unchanged + failedOf(progress);
