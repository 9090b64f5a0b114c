/** A checkpoint to copy. */
export type Copy = { number: number; note: string };

/** A place that keeps copies. */
export type Target = {
  name: string;
  /**
   * Stores a copy permanently. An identical one, left by a crash, is fine.
   * @throws Error with our own message, never text from the target's response
   */
  put(copy: Copy): Promise<void>;
  close(): Promise<void>;
};

export const fileNameOf = ({ number }: Copy): string => `checkpoint-${number}.txt`;

/**
 * A different copy under the same number: someone else made it. Never replaced, and never mistaken for ours.
 */
export const OTHER_COPY = "another checkpoint with this number already exists there";
