import { AsyncLocalStorage } from "node:async_hooks";
import type { IncomingMessage } from "node:http";

/**
 * The request as Node received it, for as long as it is being answered. The server's own modules and those that Next
 * bundled are different copies; globalThis is the one place that both see.
 */
const shared = globalThis as { runflowIncoming?: AsyncLocalStorage<IncomingMessage> };
const storage = (shared.runflowIncoming ??= new AsyncLocalStorage<IncomingMessage>());

/** Answers a request so that `currentIncoming` finds it in whatever is called. */
export const withIncoming = <T>(message: IncomingMessage, answer: () => T): T => storage.run(message, answer);

/** @throws when nothing is being answered, as under a server other than ours */
export function currentIncoming(): IncomingMessage {
  const message = storage.getStore();
  if (!message) throw new Error("no request is being answered: is this `scripts/serve.ts`?");
  return message;
}
