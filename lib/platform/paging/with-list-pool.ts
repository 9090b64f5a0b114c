import { type Db, listDb } from "@/lib/platform/db/client";
import { Refusal } from "@/lib/platform/errors";
import { budgetOf, type Caller } from "@/lib/states/caller";
import { limitPerOwner } from "./limit-per-owner";

/** Half of the list pool, so that one person or key can't take all of it. */
const AT_ONCE = 2;
const MOST_WAITING = 50;

const shared = globalThis as { runflowListTurns?: ReturnType<typeof limitPerOwner> };

/**
 * Runs a list on its own connection pool, so slow lists can't block sign-ins or cancels. A person or
 * key runs two at a time; the others wait.
 * @throws Refusal RATE_LIMITED when too many of their lists are waiting
 */
export function withListPool<T>(caller: Caller, list: (db: Db) => Promise<T>): Promise<T> {
  shared.runflowListTurns ??= limitPerOwner(AT_ONCE, MOST_WAITING);
  const turn = shared.runflowListTurns(budgetOf(caller), () => list(listDb()));
  return turn ?? Promise.reject(new Refusal("RATE_LIMITED", { headers: { "Retry-After": "1" } }));
}
