import { randomUUID } from "node:crypto";
import type { Dispatcher as Agent } from "undici";
import type { Db } from "@/lib/db/client";
import { log } from "@/lib/log";
import { type Claimed, claimDeliveries, giveBack, LEASE_MS } from "./claim-deliveries";
import { createGuardedAgent, type Resolve } from "./guarded-agent";
import { Lanes } from "./lanes";
import { Recorder } from "./recorder";
import { SecretCache } from "./secret-cache";
import { type Outcome, sendDelivery, TIMEOUT_MS } from "./send-delivery";
import type { TargetRules } from "./target-url";

/** Messages under way at once, altogether and to one endpoint. */
const MOST_ACTIVE = 128;
export const MOST_ACTIVE_PER_ENDPOINT = 16;
/** Claimed ahead, so that nobody waits for the database between two messages. */
const MOST_HELD = 1_024;
const MOST_HELD_PER_ENDPOINT = 256;

type Options = {
  encryptionKeys: readonly string[];
  rules: TargetRules;
  timeoutMs?: number;
  /** In the place of the system's resolver. */
  resolve?: Resolve;
};

/** One worker's part in delivering: it claims what is due, sends it, and records what came of it. */
export class Dispatcher {
  readonly workerId = randomUUID();
  readonly #agent: Agent;
  readonly #secrets: SecretCache;
  readonly #recorder: Recorder;
  readonly #lanes = new Lanes<Claimed>({
    mostActive: MOST_ACTIVE,
    mostActivePerLane: MOST_ACTIVE_PER_ENDPOINT,
  });
  readonly #timeoutMs: number;
  readonly #sending = new Set<Promise<void>>();
  #claiming: Promise<void> | undefined;
  /** Whether there may be something due that this worker doesn't have. */
  #mayBeDue = false;
  #stopped: Promise<void> | undefined;

  constructor(
    readonly db: Db,
    readonly options: Options,
  ) {
    this.#timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
    const { allowPrivate } = options.rules;
    const { resolve } = options;
    this.#agent = createGuardedAgent({
      allowPrivate,
      timeoutMs: this.#timeoutMs,
      ...(resolve && { resolve }),
    });
    this.#secrets = new SecretCache(options.encryptionKeys);
    this.#recorder = new Recorder(db, this.workerId);
  }

  /** Says that something may be due; returns at once. */
  wake(): void {
    this.#mayBeDue = true;
    this.#claim();
  }

  /** Resolves when nothing is due any more and everything that was sent is recorded. */
  async idle(): Promise<void> {
    while (this.#claiming || this.#sending.size > 0) {
      await Promise.all([this.#claiming, ...this.#sending]);
    }
  }

  /** Ends in order: what is under way is finished and recorded, what only waited is left to others at once. */
  stop(): Promise<void> {
    return (this.#stopped ??= this.#stop());
  }

  async #stop(): Promise<void> {
    await this.#claiming;
    this.#lanes.dropWaiting();
    await Promise.all(this.#sending);
    await this.#giveBackUseless().catch(() => {}); // then the ownership runs out by itself
    await this.#agent.close();
  }

  #claim(): void {
    if (this.#claiming || this.#stopped || !this.#mayBeDue) return;
    if (this.#lanes.size > MOST_HELD / 2) return;
    this.#claiming = this.#claimOnce()
      .catch((error: unknown) => {
        // The clock's own job comes within a minute.
        log.error({ err: error }, "deliveries could not be claimed");
      })
      .finally(() => {
        this.#claiming = undefined;
        this.#fill();
      });
  }

  async #claimOnce(): Promise<void> {
    this.#mayBeDue = false;
    // Before the look and not with it: whoever was told of a delivery while this endpoint was taken is not told again.
    await this.#giveBackUseless();
    const ownedUntil = performance.now() + LEASE_MS;
    const limit = MOST_HELD - this.#lanes.size;
    const claimed = await claimDeliveries(this.db, {
      workerId: this.workerId,
      held: this.#lanes.held(),
      perEndpoint: MOST_HELD_PER_ENDPOINT,
      limit,
    });
    if (claimed.length === limit) this.#mayBeDue = true;
    for (const delivery of claimed) this.#lanes.add(delivery, ownedUntil);
  }

  async #giveBackUseless(): Promise<void> {
    const endpoints = this.#lanes.dropUseless(this.#doneBy());
    if (endpoints.length > 0) await giveBack(this.db, this.workerId, endpoints);
  }

  /** When what is started now is over for sure, with time to record it. */
  #doneBy(): number {
    return performance.now() + this.#timeoutMs + 2_000;
  }

  /** Sends as much as there is room for, and sees to it that more comes. */
  #fill(): void {
    if (this.#stopped) return;
    const doneBy = this.#doneBy();
    for (let next = this.#lanes.start(doneBy); next; next = this.#lanes.start(doneBy)) {
      const done = this.#send(next).finally(() => {
        this.#sending.delete(done);
        this.#fill();
      });
      this.#sending.add(done);
    }
    this.#claim();
  }

  async #send(delivery: Claimed): Promise<void> {
    const startedAt = new Date();
    const start = performance.now();
    const outcome = await this.#attempt(delivery);
    const durationMs = Math.round(performance.now() - start);
    this.#lanes.sent(delivery, outcome.isDelivered);
    this.#fill();
    const secretId = delivery.secret_id;
    const attempt = { deliveryId: delivery.id, startedAt, durationMs, secretId, outcome };
    const recordedAt = await this.#recorder.record(attempt);
    const left = this.#lanes.recorded(delivery, recordedAt, LEASE_MS);
    // The endpoint has room for more than it had at the last claim.
    if (left === 0 || left === MOST_HELD_PER_ENDPOINT / 2) this.#mayBeDue = true;
  }

  async #attempt(delivery: Claimed): Promise<Outcome> {
    const { id, url, body } = delivery;
    let secret: string | null;
    try {
      secret = this.#secrets.open(delivery);
    } catch (error) {
      log.error({ err: error, delivery_id: id }, "a delivery could not be signed");
      return { isDelivered: false, isFinal: false, status: null, error: "not_signed", responseBody: null };
    }
    const { rules } = this.options;
    return sendDelivery({ id, url, body, secret }, { agent: this.#agent, rules, timeoutMs: this.#timeoutMs });
  }
}
