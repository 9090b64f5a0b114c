import type { BatchProgress } from "@/lib/contract/cancellation-batches";

export type Share = { label: string; runs: number; fill: string };

/** The runs by outcome, in the order of the bar. Each fill differs in its pattern, too. */
export const sharesOf = (progress: BatchProgress): Share[] => [
  { label: "Canceled", runs: progress.canceled, fill: "var(--accent-solid)" },
  { label: "Already ended", runs: progress.unchanged, fill: "url(#share-stripes)" },
  { label: "Not found", runs: progress.not_found, fill: "url(#share-dots)" },
  { label: "Refused", runs: progress.refused, fill: "url(#share-grid)" },
  { label: "Failed", runs: progress.failed, fill: "url(#share-crosses)" },
];

/** Runs that a retry would attempt again. */
export const failedOf = ({ not_found, refused, failed }: BatchProgress): number =>
  not_found + refused + failed;

/** "the 2 that failed", "the 3 that were refused or failed" */
export function describeFailed({ not_found, refused, failed }: BatchProgress): string {
  const count = not_found + refused + failed;
  const passive = [not_found > 0 && "not found", refused > 0 && "refused"].filter((part) => part !== false);
  const parts = [
    ...passive.map((part, index) => (index === 0 ? `${count === 1 ? "was" : "were"} ${part}` : part)),
    ...(failed > 0 ? ["failed"] : []),
  ];
  const clause = parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} or ${parts.at(-1)}`;
  return `the ${count === 1 ? "run" : count.toLocaleString("en")} that ${clause}`;
}

export const settledOf = (progress: BatchProgress): number =>
  progress.canceled + progress.unchanged + failedOf(progress);
