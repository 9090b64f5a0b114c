import { setTimeout } from "node:timers/promises";
import pg from "pg";
import { log } from "@/lib/log";
import { RunChanges } from "./run-changes";
import { watchUnannounced } from "./unannounced";

const CHANNEL = "runs_changed";
const CONNECT_TIMEOUT_MS = 5_000;
const LONGEST_PAUSE_MS = 10_000;

type Ears = {
  onChanges(changes: RunChanges): void;
  /** From now on announcements may be missed. */
  onLost(): void;
};

/** One connection that listens to what PostgreSQL announces about runs, and is made anew whenever it is lost. */
export class RunListener {
  private client: pg.Client | undefined;
  private isListening = false;
  private readonly closed = new AbortController();
  private firstTry: Promise<void> | undefined;

  constructor(
    private readonly url: string,
    private readonly ears: Ears,
  ) {}

  /** Begins to listen with the first call. @returns whether it listens, once the first try has ended */
  async listens(): Promise<boolean> {
    await (this.firstTry ??= new Promise((resolve) => void this.keepListening(resolve)));
    return this.isListening;
  }

  async close(): Promise<void> {
    this.closed.abort();
    await this.client?.end().catch(() => {});
  }

  private async keepListening(onTried: () => void): Promise<void> {
    for (let failures = 0; !this.closed.signal.aborted; failures++) {
      const wasListening = await this.listenOnce(onTried);
      onTried();
      if (wasListening) failures = 0;
      const pauseMs = Math.min(LONGEST_PAUSE_MS, 100 * 2 ** failures) * (0.5 + Math.random() / 2);
      await setTimeout(pauseMs, undefined, { signal: this.closed.signal }).catch(() => {});
    }
  }

  /** @returns whether it listened, once the connection has ended */
  private async listenOnce(onListening: () => void): Promise<boolean> {
    const client = (this.client = new pg.Client({
      connectionString: this.url,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      query_timeout: CONNECT_TIMEOUT_MS,
      application_name: "runflow-console-live",
    }));
    const { promise: lost, resolve: lose } = Promise.withResolvers<void>();
    client.on("error", () => lose()).on("end", () => lose());
    client.on("notification", ({ payload = "" }) => this.hear(payload));
    let stopWatching = () => {};
    try {
      await client.connect();
      await client.query(`LISTEN ${CHANNEL}`);
      stopWatching = await watchUnannounced(client, {
        onMoved: () => this.ears.onChanges(RunChanges.many()),
        onLost: lose,
      });
      this.isListening = true;
      onListening();
      await lost;
    } catch (error) {
      log.warn({ err: error }, "changes of runs can't be listened to");
    }
    stopWatching();
    const wasListening = this.isListening;
    this.isListening = false;
    if (wasListening) this.ears.onLost();
    void client.end().catch(() => {});
    return wasListening;
  }

  private hear(payload: string): void {
    try {
      this.ears.onChanges(RunChanges.parse(payload));
    } catch (error) {
      log.warn({ err: error }, "an announcement of runs could not be read");
    }
  }
}
