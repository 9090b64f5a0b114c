/** How long to wait before another attempt, in words. */
export const describeWait = (seconds: number): string =>
  seconds <= 60 ? `${seconds} s` : `${Math.ceil(seconds / 60)} minutes`;
