import { setTimeout } from "node:timers/promises";
import type { Db } from "@/lib/db/client";
import { log } from "@/lib/log";
import { type Attempt, recordAttempts } from "./record-attempts";

const MOST_TOGETHER = 200;
const RETRY_MS = 500;
/** Until the ownership has run out, and others have sent these again. */
const MOST_RETRIES = 60;

type Waiting = { attempt: Attempt; resolve(at: number): void };

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

  /**
   * Resolves when the attempt is in the database, or was tried for so long that somebody else has its endpoint.
   * @returns when the statement that recorded it began, on `performance.now()`'s clock
   */
  record(attempt: Attempt): Promise<number> {
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
      const at = await this.#recordSurely(batch.map(({ attempt }) => attempt));
      for (const { resolve } of batch) resolve(at);
    }
    this.#isRecording = false;
  }

  /** What was sent was sent: while the database is away it is told again, and not forgotten. */
  async #recordSurely(attempts: Attempt[]): Promise<number> {
    for (let turn = 1; turn <= MOST_RETRIES; turn++) {
      const at = performance.now();
      try {
        await recordAttempts(this.db, this.workerId, attempts);
        return at;
      } catch (error) {
        log.error(
          { err: error, attempts: attempts.length, turn },
          "attempts to deliver could not be recorded",
        );
        await setTimeout(RETRY_MS);
      }
    }
    return performance.now();
  }
}
