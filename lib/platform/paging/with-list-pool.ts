import { type Db, listDb } from "@/lib/platform/db/client";
import { Refusal } from "@/lib/platform/errors";
import { limitPerOwner } from "./limit-per-owner";

/** Half of the list pool, so that one credential can't take all of it. */
const AT_ONCE = 2;
const MOST_WAITING = 50;

const shared = globalThis as { runflowListTurns?: ReturnType<typeof limitPerOwner> };

/**
 * Runs a list on its own connection pool, so slow lists can't block sign-ins or cancels. A credential runs
 * two at a time; its others wait.
 * @throws Refusal RATE_LIMITED when too many of the credential's lists are waiting
 */
export function withListPool<T>(caller: { credentialId: string }, list: (db: Db) => Promise<T>): Promise<T> {
  shared.runflowListTurns ??= limitPerOwner(AT_ONCE, MOST_WAITING);
  const turn = shared.runflowListTurns(caller.credentialId, () => list(listDb()));
  return turn ?? Promise.reject(new Refusal("RATE_LIMITED", { headers: { "Retry-After": "1" } }));
}
