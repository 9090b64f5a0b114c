import { RateLimiterMemory } from "rate-limiter-flexible";
import { type Limit, SharedLimiter, take } from "./shared-limiter";

/**
 * A shared rate limiter for every request ("consume with periodic sync"): a process counts a batch of a
 * caller's requests, 1 % of the limit, in memory, and then adds it to the shared count. In a period, each
 * process lets at most two batches through that the shared count doesn't include.
 */
export class BatchedLimiter {
  readonly points: number;
  readonly #size: number;
  /** The requests that the shared count doesn't include yet. */
  readonly #batch: RateLimiterMemory;
  /** The shared count as of the last batch, and this process's requests since. */
  readonly #known: RateLimiterMemory;
  readonly #shared: SharedLimiter;
  readonly #reports = new Map<string, Promise<void>>();

  constructor(limit: Limit, store?: unknown) {
    this.points = limit.points;
    this.#size = Math.max(1, Math.floor(limit.points / 100));
    this.#batch = new RateLimiterMemory({ points: this.#size, duration: limit.seconds });
    this.#known = new RateLimiterMemory({ points: limit.points, duration: limit.seconds });
    this.#shared = new SharedLimiter(limit, store);
  }

  /** @throws RateLimiterRes if the limit is used up */
  async consume(key: string): Promise<void> {
    while (await take(this.#batch, key)) await (this.#reports.get(key) ?? this.#report(key));
    await this.#known.consume(key);
  }

  /** One at a time, so that no more than one batch is unreported; the caller's other requests wait. */
  #report(key: string): Promise<void> {
    const report = this.#share(key).finally(() => this.#reports.delete(key));
    this.#reports.set(key, report);
    return report;
  }

  async #share(key: string): Promise<void> {
    const { consumedPoints, msBeforeNext } = await this.#shared.consume(key, this.#size);
    // A duration of 0 would never end.
    await this.#known.set(key, consumedPoints, Math.max(1, msBeforeNext) / 1000);
    await this.#batch.delete(key);
  }
}
