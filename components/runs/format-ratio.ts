/** "1.4", "8.3", "27", "8,369": a digit after the point only where it says something. */
export const formatRatio = (ratio: number): string =>
  ratio < 10 ? (Math.floor(ratio * 10) / 10).toFixed(1) : Math.floor(ratio).toLocaleString("en");
