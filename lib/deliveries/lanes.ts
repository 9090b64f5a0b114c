import { FAILURES_TO_OPEN } from "./circuit";
import type { Endpoint } from "./claim-deliveries";

type Item = Endpoint & { id: string };

type Lane<T> = Endpoint & {
  waiting: T[];
  active: number;
  /** Under way, or sent and not recorded yet. */
  unrecorded: Set<string>;
  failuresInRow: number;
  /** Until when the endpoint is surely this worker's, on `performance.now()`'s clock. */
  ownedUntil: number;
};

type Limits = { mostActive: number; mostActivePerLane: number };

/** What a worker holds, a lane for each endpoint: each lane gets its turn, and none more than its share. */
export class Lanes<T extends Item> {
  readonly #lanes = new Map<string, Lane<T>>();
  #active = 0;

  constructor(readonly limits: Limits) {}

  get size(): number {
    return [...this.#lanes.values()].reduce((sum, lane) => sum + count(lane), 0);
  }

  held(): (Endpoint & { ids: string[] })[] {
    return [...this.#lanes.values()].map(({ org_id, origin, waiting, unrecorded }) => ({
      org_id,
      origin,
      ids: [...waiting.map(({ id }) => id), ...unrecorded],
    }));
  }

  add(item: T, ownedUntil: number): void {
    const { org_id, origin } = item;
    const lane = this.#lanes.get(keyOf(item)) ?? {
      org_id,
      origin,
      waiting: [],
      active: 0,
      unrecorded: new Set<string>(),
      failuresInRow: 0,
      ownedUntil,
    };
    lane.ownedUntil = ownedUntil;
    lane.waiting.push(item);
    this.#lanes.set(keyOf(item), lane);
  }

  /** @returns what may be started and be finished by `doneBy`; its lane goes to the end of the row */
  start(doneBy: number): T | undefined {
    if (this.#active >= this.limits.mostActive) return undefined;
    for (const [key, lane] of this.#lanes) {
      if (lane.active >= this.limits.mostActivePerLane || lane.ownedUntil < doneBy) continue;
      const item = lane.waiting.shift();
      if (!item) continue;
      lane.active++;
      lane.unrecorded.add(item.id);
      this.#active++;
      this.#lanes.delete(key);
      this.#lanes.set(key, lane);
      return item;
    }
    return undefined;
  }

  /** It is not under way any more: another one may start. Behind a row of failures nothing waits: the circuit opens. */
  sent(item: T, isDelivered: boolean): void {
    const lane = this.#lanes.get(keyOf(item))!;
    lane.active--;
    this.#active--;
    lane.failuresInRow = isDelivered ? 0 : lane.failuresInRow + 1;
    if (lane.failuresInRow >= FAILURES_TO_OPEN) lane.waiting = [];
  }

  /** It is recorded, by a statement that began at `at` and renewed the ownership for so long. @returns how many are left */
  recorded(item: T, at: number, leaseMs: number): number {
    const lane = this.#lanes.get(keyOf(item))!;
    lane.unrecorded.delete(item.id);
    // What had run out may be another worker's by now, whatever this one wrote since.
    if (at < lane.ownedUntil) lane.ownedUntil = Math.max(lane.ownedUntil, at + leaseMs);
    return count(lane);
  }

  /** Forgets what waits in lanes whose ownership ends too soon, and lanes with nothing in them. @returns those endpoints */
  dropUseless(doneBy: number): Endpoint[] {
    const dropped: Endpoint[] = [];
    for (const [key, lane] of this.#lanes) {
      if (lane.unrecorded.size > 0 || (lane.waiting.length > 0 && lane.ownedUntil >= doneBy)) continue;
      this.#lanes.delete(key);
      dropped.push({ org_id: lane.org_id, origin: lane.origin });
    }
    return dropped;
  }

  /** Forgets everything that was not started. */
  dropWaiting(): void {
    for (const lane of this.#lanes.values()) lane.waiting = [];
  }
}

const count = <T>({ waiting, unrecorded }: Lane<T>): number => waiting.length + unrecorded.size;

const keyOf = ({ org_id, origin }: Endpoint): string => `${org_id} ${origin}`;
