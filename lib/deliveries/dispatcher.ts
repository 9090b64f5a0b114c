import { randomUUID } from "node:crypto";
import type { Dispatcher as Agent } from "undici";
import type { Db } from "@/lib/db/client";
import { log } from "@/lib/log";
import { type Claimed, claimDeliveries, handBack, LEASE_MS } from "./claim-deliveries";
import { createGuardedAgent, type Resolve } from "./guarded-agent";
import { Recorder } from "./recorder";
import { SecretCache } from "./secret-cache";
import { type Outcome, sendDelivery, TIMEOUT_MS } from "./send-delivery";
import { Shares } from "./shares";
import type { TargetRules } from "./target-url";

/** Messages under way at once, altogether and to one endpoint. */
const MOST_ACTIVE = 128;
export const MOST_ACTIVE_PER_ENDPOINT = 16;
/** Claimed ahead, so that nobody waits for the database between two messages. */
const MOST_HELD = 512;
const MOST_HELD_PER_ENDPOINT = 64;

type Options = {
  encryptionKeys: readonly string[];
  rules: TargetRules;
  timeoutMs?: number;
  /** In the place of the system's resolver. */
  resolve?: Resolve;
};

type Held = Claimed & { expiresAt: number };

/** One worker's part in delivering: it claims what is due, sends it, and records what came of it. */
export class Dispatcher {
  readonly workerId = randomUUID();
  readonly #agent: Agent;
  readonly #secrets: SecretCache;
  readonly #recorder: Recorder;
  readonly #shares = new Shares<Held>(MOST_ACTIVE, MOST_ACTIVE_PER_ENDPOINT);
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

  /** Ends in order: what is under way is finished and recorded, what was only claimed is handed back. */
  stop(): Promise<void> {
    return (this.#stopped ??= this.#stop());
  }

  async #stop(): Promise<void> {
    await this.#claiming;
    await handBack(
      this.db,
      this.workerId,
      this.#shares.takeWaiting().map(({ id }) => id),
    );
    await Promise.all(this.#sending);
    await this.#agent.close();
  }

  #claim(): void {
    if (this.#claiming || this.#stopped || !this.#mayBeDue) return;
    if (this.#shares.size > MOST_HELD / 2) return;
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
    const expiresAt = performance.now() + LEASE_MS;
    const claimed = await claimDeliveries(this.db, {
      workerId: this.workerId,
      held: this.#shares.held(),
      perEndpoint: MOST_HELD_PER_ENDPOINT,
      limit: MOST_HELD - this.#shares.size,
    });
    if (claimed.length > 0) this.#mayBeDue = true;
    for (const delivery of claimed) this.#shares.add({ ...delivery, expiresAt });
  }

  /** Sends as much as there is room for, and sees to it that more comes. */
  #fill(): void {
    if (this.#stopped) return;
    for (let next = this.#shares.start(); next; next = this.#shares.start()) {
      const delivery = next;
      const done = this.#send(delivery).finally(() => {
        const stillHeld = this.#shares.end(delivery);
        this.#sending.delete(done);
        // The endpoint has room for more than it had at the last claim.
        if (stillHeld === 0 || stillHeld === MOST_HELD_PER_ENDPOINT / 2) this.#mayBeDue = true;
        this.#fill();
      });
      this.#sending.add(done);
    }
    this.#claim();
  }

  async #send(delivery: Held): Promise<void> {
    // It waited so long behind others of its endpoint that another worker may soon take it over: it is theirs.
    if (performance.now() > delivery.expiresAt - 2 * this.#timeoutMs) {
      this.#shares.sent(delivery);
      return handBack(this.db, this.workerId, [delivery.id]).catch(() => {});
    }
    const startedAt = new Date();
    const start = performance.now();
    const outcome = await this.#attempt(delivery);
    const durationMs = Math.round(performance.now() - start);
    this.#shares.sent(delivery);
    this.#fill();
    const secretId = delivery.secret_id;
    await this.#recorder.record({ deliveryId: delivery.id, startedAt, durationMs, secretId, outcome });
  }

  async #attempt(delivery: Held): Promise<Outcome> {
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
