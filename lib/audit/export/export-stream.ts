import { Refusal } from "@/lib/platform/errors";
import { log } from "@/lib/platform/log";
import type { RequestContext } from "@/lib/states/audit-entry";
import { budgetOf, type Caller } from "@/lib/states/caller";

/** Exports per person or key, and process. */
const MOST_EXPORTS = 4;
const underWay = new Map<string, number>();

/**
 * @returns a function to call when the export ends
 * @throws Refusal RATE_LIMITED when the person or key has too many exports in progress
 */
export function admitExport(caller: Caller): () => void {
  const budget = budgetOf(caller);
  const count = underWay.get(budget) ?? 0;
  if (count >= MOST_EXPORTS) {
    const message = `More than ${MOST_EXPORTS} of your exports are in progress. Wait until one ends.`;
    throw new Refusal("RATE_LIMITED", { message, headers: { "Retry-After": "15" } });
  }
  underWay.set(budget, count + 1);
  let isReleased = false;
  return () => {
    if (isReleased) return;
    isReleased = true;
    const left = underWay.get(budget)! - 1;
    if (left === 0) underWay.delete(budget);
    else underWay.set(budget, left);
  };
}

type Export = {
  caller: Caller;
  context: RequestContext;
  readCallerAgain(): Promise<Caller>;
  release(): void;
};

/**
 * Streams the chunks as bytes, each once the client has taken the one before. An error, such as a lost
 * permission, aborts the stream, so that a partial file can't pass for a complete one.
 */
export function openExport(
  chunks: AsyncGenerator<string, void>,
  { caller, context, readCallerAgain, release }: Export,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let isOpen = true;
  const end = () => {
    isOpen = false;
    release();
  };
  const take = async () => {
    const { reach } = await readCallerAgain();
    if (JSON.stringify(reach) !== JSON.stringify(caller.reach))
      throw new Error("the caller's reach has changed");
    return chunks.next();
  };
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await take();
          if (!isOpen) return;
          if (done) {
            end();
            controller.close();
          } else controller.enqueue(encoder.encode(value));
        } catch (error) {
          if (!isOpen) return;
          end();
          log.warn({ err: error, request_id: context.requestId }, "an export broke off");
          controller.error(error);
        }
      },
      async cancel() {
        end();
        await chunks.return();
      },
    },
    { highWaterMark: 0 },
  );
}
