const UNITS = ["bytes", "kB", "MB", "GB", "TB"];

/** @returns a readable size: `512 bytes`, `1.2 MB`; 1 kB is 1,000 bytes */
export function formatBytes(bytes: number): string {
  const power = bytes < 1_000 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1_000 ** power;
  return `${power === 0 ? value : value.toFixed(1)} ${UNITS[power]}`;
}
