import { Agent, type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from "node:http";

export type Request = {
  headers?: OutgoingHttpHeaders;
  /** Sent unchanged. */
  body?: string | Uint8Array;
  /** Sends the body chunked, without Content-Length. */
  isChunked?: boolean;
};

export type Reply = { status: number; headers: IncomingHttpHeaders; text: string };

const agent = new Agent({ keepAlive: true });

/** Sends exactly these headers and bytes; `fetch` would add some and forbid others. */
export function callHttp(
  baseUrl: string,
  method: string,
  path: string,
  { headers = {}, body, isChunked = false }: Request = {},
): Promise<Reply> {
  const { hostname, port } = new URL(baseUrl);
  const bytes = body === undefined ? undefined : Buffer.from(body);
  return new Promise((resolve, reject) => {
    const length = bytes && !isChunked && { "Content-Length": bytes.byteLength };
    // A body that is refused half-way ends its connection, so don't share it.
    const shared = isChunked ? { agent: false as const } : { agent };
    const outgoing = request({ hostname, port, method, path, headers: { ...length, ...headers }, ...shared });
    outgoing.on("error", reject);
    outgoing.on("response", (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
      incoming.on("error", reject);
      incoming.on("end", () =>
        resolve({
          status: incoming.statusCode!,
          headers: incoming.headers,
          text: Buffer.concat(chunks).toString(),
        }),
      );
    });
    if (bytes && isChunked) outgoing.flushHeaders();
    outgoing.end(bytes);
  });
}
