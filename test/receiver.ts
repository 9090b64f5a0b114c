import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type Heard = { path: string; headers: IncomingHttpHeaders; body: Buffer };

type Behave = (heard: Heard, response: ServerResponse, request: IncomingMessage) => void;

export type Receiver = {
  origin: string;
  heard: Heard[];
  /** How many connections it has accepted, used or not. */
  connections(): number;
  /** Sets how it responds; at first 200 to everything. */
  behave(behavior: Behave): void;
  close(): Promise<void>;
};

const answerOk: Behave = (_heard, response) => void response.end("thank you");

/** A customer's HTTP endpoint on loopback that keeps the exact bytes of every request. */
export async function startReceiver(): Promise<Receiver> {
  let behavior = answerOk;
  const heard: Heard[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const item = { path: request.url ?? "", headers: request.headers, body: Buffer.concat(chunks) };
    heard.push(item);
    behavior(item, response, request);
  });
  let connections = 0;
  server.on("connection", () => connections++);
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard,
    connections: () => connections,
    behave: (next) => void (behavior = next),
    close: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
