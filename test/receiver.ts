import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type Heard = { path: string; headers: IncomingHttpHeaders; body: Buffer };

type Behave = (heard: Heard, response: ServerResponse, request: IncomingMessage) => void;

export type Receiver = {
  origin: string;
  heard: Heard[];
  /** How many connections were opened to it, whatever was said over them. */
  connections(): number;
  /** How it answers from now on; at first everything with 200. */
  behave(behaviour: Behave): void;
  close(): Promise<void>;
};

const answerOk: Behave = (_heard, response) => void response.end("thank you");

/** A customer's HTTP endpoint on loopback, which remembers every request that it got, byte for byte. */
export async function startReceiver(): Promise<Receiver> {
  let behaviour = answerOk;
  const heard: Heard[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const item = { path: request.url ?? "", headers: request.headers, body: Buffer.concat(chunks) };
    heard.push(item);
    behaviour(item, response, request);
  });
  let connections = 0;
  server.on("connection", () => connections++);
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard,
    connections: () => connections,
    behave: (next) => void (behaviour = next),
    close: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
