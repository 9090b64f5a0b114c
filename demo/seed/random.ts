/** A pseudo-random stream: the same seed gives the same demo on every machine. Never for secrets. */
export type Random = {
  /** In [0, 1). */
  next(): number;
  /** A whole number from `low` to `high`, both included. */
  int(low: number, high: number): number;
  chance(probability: number): boolean;
  pick<T>(items: readonly T[]): T;
  /** An item, chosen by weight. */
  weighted<T extends { weight: number }>(items: readonly T[]): T;
  /** A log-normal value with the given median and 95th percentile: how long things take. */
  logNormal(p50: number, p95: number): number;
  hex(digits: number): string;
  /** A UUIDv7 for a time, in ms since 1970. */
  uuid(ms: number): string;
};

/** @param seed any text; its FNV-1a hash starts the stream */
export function createRandom(seed: string): Random {
  let state = 0x811c9dc5;
  for (const char of seed) state = Math.imul(state ^ char.codePointAt(0)!, 0x01000193);
  // mulberry32
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const int = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  const hex = (digits: number): string => {
    let text = "";
    while (text.length < digits) text += int(0, 0xffff).toString(16).padStart(4, "0");
    return text.slice(0, digits);
  };
  return {
    next,
    int,
    hex,
    chance: (probability) => next() < probability,
    pick: (items) => items[int(0, items.length - 1)]!,
    weighted: (items) => {
      let rest = next() * items.reduce((sum, { weight }) => sum + weight, 0);
      return items.find(({ weight }) => (rest -= weight) < 0) ?? items.at(-1)!;
    },
    logNormal: (p50, p95) => {
      const normal = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
      return p50 * Math.exp((normal * Math.log(p95 / p50)) / 1.645);
    },
    uuid: (ms) => {
      const time = ms.toString(16).padStart(12, "0");
      return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(3)}-${"89ab"[int(0, 3)]}${hex(3)}-${hex(12)}`;
    },
  };
}
