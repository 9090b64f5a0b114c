/** "1.4", "8.3", "27", "8,369": one decimal, only where it matters. */
export const formatRatio = (ratio: number): string =>
  ratio < 10 ? (Math.floor(ratio * 10) / 10).toFixed(1) : Math.floor(ratio).toLocaleString("en");
