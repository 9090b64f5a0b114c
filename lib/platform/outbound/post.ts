import type { Dispatcher } from "undici";

type Options = {
  agent: Dispatcher;
  headers: Record<string, string>;
  body: string;
  /** For everything: the connection, the request and the answer. */
  timeoutMs: number;
  /** Of the answer's body; the rest is not even received. */
  maxBytes: number;
};

export type Answer = {
  status: number;
  /** The header as it came; null for none, or for one that came twice. */
  retryAfter: string | null;
  body: Buffer;
};

export class PostTimeout extends Error {}

/**
 * POSTs once, without following redirects. It stands on undici's `dispatch` and not on `request`, whose streams and
 * signals cost more than all the rest of a delivery.
 * @throws PostTimeout, or what undici says of the connection
 */
export function post(url: string, { agent, headers, body, timeoutMs, maxBytes }: Options): Promise<Answer> {
  const { origin, pathname, search } = new URL(url);
  return new Promise((resolve, reject) => {
    let request: Dispatcher.DispatchController | undefined;
    let status = 0;
    let retryAfter: string | null = null;
    let size = 0;
    let isLate = false;
    const chunks: Buffer[] = [];
    const settle = (result: () => void) => {
      clearTimeout(timer);
      result();
    };
    const answer = () => resolve({ status, retryAfter, body: Buffer.concat(chunks) });
    const timer = setTimeout(() => {
      isLate = true;
      const error = new PostTimeout();
      reject(error);
      request?.abort(error);
    }, timeoutMs);
    agent.dispatch(
      { origin, path: pathname + search, method: "POST", headers, body },
      {
        onRequestStart(controller) {
          request = controller;
          // The time was up while there was no connection yet.
          if (isLate) controller.abort(new PostTimeout());
        },
        onResponseStart(_controller, statusCode, headers) {
          status = statusCode;
          const value = headers["retry-after"];
          retryAfter = typeof value === "string" ? value : null;
        },
        onResponseData(controller, chunk) {
          chunks.push(chunk.subarray(0, maxBytes - size));
          size += chunk.byteLength;
          if (size < maxBytes) return;
          settle(answer);
          controller.abort(new Error("enough was received"));
        },
        onResponseEnd: () => settle(answer),
        onResponseError: (_controller, error) => settle(() => reject(error)),
      },
    );
  });
}
