/**
 * Sets `--share` to a whole percentage from 0 to 100, for classes such as `w-(--share)`. The browser blocks
 * style attributes in the server's HTML (decision 058).
 */
export const shareClass = (percent: number): string =>
  `share-${Math.round(Math.min(100, Math.max(0, percent)))}`;
