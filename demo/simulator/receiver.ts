import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { DemoIntegration } from "@/demo/seed/customers";
import { log } from "@/lib/platform/log";
import type { ReceivedMail } from "./mail-server";
import { showMailbox } from "./mailbox-page";
import { isWorkDone, misbehave, SLOW_MS } from "./misbehave";
import { readBody } from "./read-body";
import { RecentIds } from "./recent-ids";
import { verifySignature } from "./verify-signature";

const HOST = "127.0.0.1";
const MOST_BYTES = 1024 * 1024;
const MOST_IDS = 10_000;

export type ReceivingCustomer = Pick<DemoIntegration, "slug" | "misbehaves"> & {
  /** The valid secrets: the current one and, during a rotation, another. */
  secrets: readonly string[];
};

type Options = {
  port: number;
  customers: readonly ReceivingCustomer[];
  /** What `/mailbox` shows. */
  mails?: readonly ReceivedMail[];
  slowMs?: number;
};
type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** The customers' HTTP endpoints, one path each (`/{slug}/…`), and the mailbox, on a loopback server. */
export async function startReceiver({ port, customers, mails = [], slowMs = SLOW_MS }: Options) {
  const handlers = new Map(customers.map((customer) => [customer.slug, handle(customer, slowMs)]));
  const server = createServer((request, response) => {
    const slug = request.url?.split(/[/?#]/)[1] ?? "";
    if (slug === "mailbox" && request.method === "GET") return showMailbox(response, mails);
    const handler = handlers.get(slug) ?? ((_request, response) => refuse(response, 404, "unknown path"));
    // A sender that disconnects must not affect the others.
    handler(request, response).catch((error: unknown) => {
      log.info({ customer: slug, reason: String(error) }, "a callback was cut off");
      response.destroy();
    });
  });
  await once(server.listen(port, HOST), "listening");
  return {
    origin: `http://${HOST}:${(server.address() as AddressInfo).port}`,
    close: async (): Promise<void> => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function handle({ slug, secrets, misbehaves }: ReceivingCustomer, slowMs: number): Handler {
  const seen = new RecentIds(MOST_IDS);
  return async (request, response) => {
    if (request.method !== "POST") return refuse(response, 405, "wrong method", slug);
    const body = await readBody(request, MOST_BYTES);
    if (!body) return refuse(response, 413, "too large", slug);
    const [signature, id] = ["runflow-signature", "runflow-request-id"].map((name) => request.headers[name]);
    const isNew = (): boolean => id === undefined || seen.add(id.toString());
    if (!verifySignature(body, signature?.toString(), secrets))
      return refuse(response, 401, "bad signature", slug);
    if (misbehaves && Math.random() < misbehaves.share) {
      if (isWorkDone(misbehaves.how)) isNew();
      return misbehave(misbehaves.how, response, slowMs);
    }
    // Already handled; a 2xx response prevents endless retries.
    if (!isNew()) return void response.writeHead(200).end("already received");
    response.writeHead(204).end();
  };
}

/** Ends the connection, so that the rest of the body isn't read as the next request. */
async function refuse(response: ServerResponse, status: number, reason: string, customer?: string) {
  log.warn({ customer, status, reason }, "a callback was refused");
  response.writeHead(status, { Connection: "close", "Content-Type": "text/plain" }).end(reason);
}
