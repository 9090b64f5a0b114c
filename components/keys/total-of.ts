import type { KeyActivity } from "@/lib/contract/keys";

/** The number of runs that a key created in an hour. */
export const totalOf = ({ live, succeeded, failed, canceled }: KeyActivity["hours"][number]): number =>
  live + succeeded + failed + canceled;
