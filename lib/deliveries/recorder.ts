import { setTimeout } from "node:timers/promises";
import type { Db } from "@/lib/db/client";
import { log } from "@/lib/log";
import { type Attempt, recordAttempts } from "./record-attempts";

const MOST_TOGETHER = 100;
const RETRY_MS = 500;
/** Until claims have run out, and others have sent these again. */
const MOST_RETRIES = 60;

type Waiting = { attempt: Attempt; resolve(): void };

/**
 * Attempts that end at the same time are recorded together: one statement is under way, and what comes meanwhile makes
 * the next.
 */
export class Recorder {
  #waiting: Waiting[] = [];
  #isRecording = false;

  constructor(
    readonly db: Db,
    readonly workerId: string,
  ) {}

  /** Resolves when the attempt is in the database, or when it was tried for so long that its claim has run out. */
  record(attempt: Attempt): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push({ attempt, resolve });
      if (this.#isRecording) return;
      this.#isRecording = true;
      setImmediate(() => void this.#recordAll());
    });
  }

  async #recordAll(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, MOST_TOGETHER);
      await this.#recordSurely(batch.map(({ attempt }) => attempt));
      for (const { resolve } of batch) resolve();
    }
    this.#isRecording = false;
  }

  /** What was sent was sent: while the database is away it is told again, and not forgotten. */
  async #recordSurely(attempts: Attempt[]): Promise<void> {
    for (let turn = 1; turn <= MOST_RETRIES; turn++) {
      try {
        return await recordAttempts(this.db, this.workerId, attempts);
      } catch (error) {
        log.error(
          { err: error, attempts: attempts.length, turn },
          "attempts to deliver could not be recorded",
        );
        await setTimeout(RETRY_MS);
      }
    }
  }
}
