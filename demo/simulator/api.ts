import { setTimeout } from "node:timers/promises";
import { log } from "@/lib/platform/log";

const TIMEOUT_MS = 10_000;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 10_000;
const AT_ONCE = 16;

export type Answer = { status: number; body: unknown };

/** An HTTP client with a concurrency limit and retries while the server is down. */
export type Api = { send(path: string, init: () => RequestInit): Promise<Answer> };

/** @param stop aborts everything: waiting requests never resolve, because the process is about to exit */
export function openApi(baseUrl: string, stop: AbortSignal): Api {
  let isAway = false;
  const gate = openGate(AT_ONCE);

  const attempt = async (path: string, init: RequestInit): Promise<Answer | undefined> => {
    try {
      const signal = AbortSignal.any([stop, AbortSignal.timeout(TIMEOUT_MS)]);
      const response = await fetch(new URL(path, baseUrl), { ...init, signal });
      const body = (await response.json()) as unknown;
      if (response.status >= 500 || response.status === 429) return undefined;
      if (isAway) log.info("the API is back");
      isAway = false;
      return { status: response.status, body };
    } catch (error) {
      if (!isAway && !stop.aborted) log.warn({ reason: String(error) }, "the API does not respond; retrying");
      isAway = true;
      return undefined;
    }
  };

  return {
    async send(path, init) {
      for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
        const answer = await gate(() => attempt(path, init()));
        if (answer) return answer;
        await setTimeout(waitMs * (0.5 + Math.random()), undefined, { signal: stop });
      }
    },
  };
}

/** Limits the number of concurrent tasks; the others queue. */
function openGate(limit: number): <T>(task: () => Promise<T>) => Promise<T> {
  let free = limit;
  const line: (() => void)[] = [];
  return async (task) => {
    if (free > 0) free--;
    else await new Promise<void>((resolve) => line.push(resolve));
    try {
      return await task();
    } finally {
      const next = line.shift();
      if (next) next();
      else free++;
    }
  };
}
