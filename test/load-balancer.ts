import { once } from "node:events";
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";

export type LoadBalancer = {
  baseUrl: string;
  /** Its error log, for a test that fails. */
  readErrors?: () => Promise<string>;
  close(): Promise<void>;
};

/** Writes a proxy's configuration into the folder, and returns the program's arguments. */
export type Configure = (folder: string, port: number, servers: number[]) => Promise<string[]>;

const CHECK_MS = 100;

/** A minimal round-robin load balancer that sends requests only to servers whose readiness check succeeds. */
export async function startLoadBalancer(ports: number[]): Promise<LoadBalancer> {
  const ready = new Set<number>();
  const over = new AbortController();
  const agent = new Agent({ keepAlive: true });
  const check = async (port: number) => {
    while (!over.signal.aborted) {
      const isReady = await fetch(`http://127.0.0.1:${port}/v1/readiness`)
        .then(async (response) => (await response.arrayBuffer(), response.ok))
        .catch(() => false);
      ready[isReady ? "add" : "delete"](port);
      await setTimeout(CHECK_MS, undefined, { signal: over.signal }).catch(() => {});
    }
  };
  const checking = ports.map(check);
  let turn = 0;
  const server = createServer(async (incoming, response) => {
    const body = Buffer.concat(await Array.fromAsync(incoming as AsyncIterable<Buffer>));
    const [first, ...others] = [...ready];
    if (first === undefined) return void response.writeHead(503).end("no server is ready");
    const order = [first, ...others];
    pass({ incoming, response, body, agent, port: order[turn++ % order.length]! });
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  while (ready.size < ports.length) await setTimeout(CHECK_MS);
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      over.abort();
      await Promise.all(checking);
      agent.destroy();
      server.close();
      server.closeAllConnections();
    },
  };
}

type Pass = { incoming: IncomingMessage; response: ServerResponse; body: Buffer; agent: Agent; port: number };

function pass({ incoming, response, body, agent, port }: Pass): void {
  const { method, url: path, headers } = incoming;
  const { connection: _, ...rest } = headers;
  const outgoing = request({ host: "127.0.0.1", port, agent, method, path, headers: rest });
  outgoing.on("response", (answer) => {
    const { connection: _, ...kept } = answer.headers;
    response.writeHead(answer.statusCode!, kept);
    answer.on("error", () => response.destroy());
    answer.pipe(response);
    response.on("close", () => answer.destroy());
  });
  outgoing.on("error", (error) => {
    if (response.headersSent) response.destroy();
    else response.writeHead(502).end(`the server failed: ${error.message}`);
  });
  outgoing.end(body);
}
