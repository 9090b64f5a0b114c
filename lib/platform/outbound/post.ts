import type { Dispatcher } from "undici";

type Options = {
  agent: Dispatcher;
  headers: Record<string, string>;
  body: string;
  /** For connection, request and response together. */
  timeoutMs: number;
  /** Of the response body; the rest isn't received. */
  maxBytes: number;
};

export type Answer = {
  status: number;
  /** The header's value; null if missing or repeated. */
  retryAfter: string | null;
  body: Buffer;
};

export class PostTimeout extends Error {}

/**
 * POSTs once, without following redirects. Uses undici's `dispatch`, because the streams and signals of
 * `request` cost more than the rest of a delivery.
 * @throws PostTimeout, or undici's connection error
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
          // The timeout came before the connection.
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
