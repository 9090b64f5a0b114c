import { type Db, listDb } from "@/lib/platform/db/client";
import { Refusal } from "@/lib/platform/errors";
import { takeTurns } from "./take-turns";

/** Half of the connections for lists, so that no credential has them all. */
const AT_ONCE = 2;
const MOST_WAITING = 50;

const shared = globalThis as { runflowListTurns?: ReturnType<typeof takeTurns> };

/**
 * Runs a list on the connections that are for lists alone: however dear the lists are that are asked for, whoever
 * signs in or cancels doesn't queue behind them. One credential has two lists under way; its others wait their turn.
 * @throws Refusal RATE_LIMITED when more of the credential's lists are waiting than anyone needs
 */
export function withListPool<T>(caller: { credentialId: string }, list: (db: Db) => Promise<T>): Promise<T> {
  shared.runflowListTurns ??= takeTurns(AT_ONCE, MOST_WAITING);
  const turn = shared.runflowListTurns(caller.credentialId, () => list(listDb()));
  return turn ?? Promise.reject(new Refusal("RATE_LIMITED", { headers: { "Retry-After": "1" } }));
}
