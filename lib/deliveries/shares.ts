import type { Held } from "./claim-deliveries";

type Item = { org_id: string; origin: string };
type Endpoint<T> = Item & { waiting: T[]; active: number; recording: number };

/** What is waiting, under way and not recorded yet, endpoint by endpoint: each gets its turn, and none more than its share. */
export class Shares<T extends Item> {
  readonly #endpoints = new Map<string, Endpoint<T>>();
  #active = 0;
  #waiting = 0;
  #recording = 0;

  constructor(
    readonly mostActive: number,
    readonly mostActivePerEndpoint: number,
  ) {}

  get size(): number {
    return this.#active + this.#waiting + this.#recording;
  }

  held(): Held[] {
    return [...this.#endpoints.values()].map((endpoint) => ({
      org_id: endpoint.org_id,
      origin: endpoint.origin,
      count: count(endpoint),
    }));
  }

  add(item: T): void {
    const key = keyOf(item);
    const { org_id, origin } = item;
    const endpoint = this.#endpoints.get(key) ?? { org_id, origin, waiting: [], active: 0, recording: 0 };
    endpoint.waiting.push(item);
    this.#endpoints.set(key, endpoint);
    this.#waiting++;
  }

  /** @returns what may be started now; its endpoint goes to the end of the row */
  start(): T | undefined {
    if (this.#active >= this.mostActive) return undefined;
    for (const [key, endpoint] of this.#endpoints) {
      if (endpoint.active >= this.mostActivePerEndpoint) continue;
      const item = endpoint.waiting.shift();
      if (!item) continue;
      endpoint.active++;
      this.#active++;
      this.#waiting--;
      this.#endpoints.delete(key);
      this.#endpoints.set(key, endpoint);
      return item;
    }
    return undefined;
  }

  /** It is not under way any more: another one may start. */
  sent(item: T): void {
    const endpoint = this.#endpoints.get(keyOf(item))!;
    endpoint.active--;
    this.#active--;
    endpoint.recording++;
    this.#recording++;
  }

  /** It is recorded. @returns how many its endpoint still has */
  end(item: T): number {
    const key = keyOf(item);
    const endpoint = this.#endpoints.get(key)!;
    endpoint.recording--;
    this.#recording--;
    const held = count(endpoint);
    if (held === 0) this.#endpoints.delete(key);
    return held;
  }

  /** @returns everything that was not started; it is forgotten here */
  takeWaiting(): T[] {
    const all = [...this.#endpoints.values()].flatMap(({ waiting }) => waiting.splice(0));
    this.#waiting = 0;
    return all;
  }
}

const count = <T>({ waiting, active, recording }: Endpoint<T & Item>): number =>
  waiting.length + active + recording;

const keyOf = ({ org_id, origin }: Item): string => `${org_id} ${origin}`;
