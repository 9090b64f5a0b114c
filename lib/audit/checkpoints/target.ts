/** A checkpoint on its way into a copy. */
export type Copy = { number: number; note: string };

/** A place that keeps copies. */
export type Target = {
  name: string;
  /**
   * Puts a copy there for good. One that is there already, after a crash, is as good, if it is the same.
   * @throws Error whose message people read: in our words, with nothing of an answer that came from there
   */
  put(copy: Copy): Promise<void>;
  close(): Promise<void>;
};

export const fileNameOf = ({ number }: Copy): string => `checkpoint-${number}.txt`;

/** Somebody else has been there: a copy that differs is never replaced, and never taken for ours. */
export const OTHER_COPY = "another checkpoint of this number is there already";
