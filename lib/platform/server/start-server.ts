import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { log } from "@/lib/platform/log";
import { keepAmbiguousHeaders } from "./ambiguous-headers";
import { explainHost } from "./ambiguous-host";
import { dropFrameworkHeaders } from "./drop-framework-headers";
import { MALFORMED_QUERY_HEADER } from "@/lib/platform/http/internal-headers";
import { findMalformedParameter } from "./malformed-query";
import { apiHeaders, pageHeaders } from "./page-headers";
import { refuse, refuseConnection } from "./refuse";
import { isForPerson, keepStart, LONG_HEAD_PAGE, MAX_HEAD_BYTES } from "./refuse-long-head";
import { isApiPath, toRoutableTarget } from "./request-target";
import { setClientIp } from "./trusted-proxy";

type Options = {
  host: string;
  port: number;
  trustedProxies: number;
  /** Whether people reach it over https, through a proxy. */
  isHttps: boolean;
  isDevelopment: boolean;
  /** How long a client may take to send a request. */
  receiveTimeoutMs?: number;
};
/** Enough for the largest body on a slow line. Node would allow five minutes. */
const RECEIVE_TIMEOUT_MS = 30_000;

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/**
 * Starts the HTTP server in front of the routes: it sets the client's IP address and answers requests that no
 * route can.
 * @returns once it listens
 * @throws the system's error, such as EADDRINUSE
 */
export async function startServer(options: Options, handle: Handler): Promise<Server> {
  const { host, port, trustedProxies, receiveTimeoutMs = RECEIVE_TIMEOUT_MS } = options;
  // In production, answer an upgrade request like any other: with an upgrade listener that ignores it, the
  // connection would stay open forever. Only the development server's hot reload needs upgrades.
  const upgrades = options.isDevelopment ? {} : { shouldUpgradeCallback: () => false };
  // Node would answer a request without Host itself, without our envelope.
  const server = createServer({
    ...upgrades,
    requireHostHeader: false,
    maxHeaderSize: MAX_HEAD_BYTES,
    // From a request's first byte to its last, however steadily they arrive.
    requestTimeout: receiveTimeoutMs,
    headersTimeout: receiveTimeoutMs,
    connectionsCheckingInterval: receiveTimeoutMs / 10,
  });
  // By default Node silently drops headers beyond a count; their total size is limited anyway.
  server.maxHeadersCount = 0;
  server.on("connection", keepStart);
  // `checkExpectation`: Node would answer an unknown Expect header itself.
  for (const event of ["request", "checkExpectation"] as const) {
    server.on(event, (request: IncomingMessage, response: ServerResponse) => {
      answer(request, response).catch((error: unknown) => {
        log.error({ err: error }, "a request failed before reaching its route");
        if (response.headersSent) response.destroy();
        else refuse(response, "INTERNAL_ERROR", {});
      });
    });
  }
  // Longer than load balancers keep connections open, so that none sends a request into a closing one.
  server.keepAliveTimeout = 65_000;
  // Node destroys the connection of a client that doesn't read an export or stream for this long.
  server.timeout = 600_000;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // Only once new connections go elsewhere: before, each would make a proxy open another one here.
    if (!server.listening) response.setHeader("Connection", "close");
    const hostProblem = explainHost(request);
    if (hostProblem) return refuse(response, "BAD_REQUEST", { header: "Host" }, hostProblem);
    setClientIp(request.headers, request.socket.remoteAddress, trustedProxies);
    keepAmbiguousHeaders(request);
    const target = toRoutableTarget(request.method ?? "GET", request.url ?? "/");
    if (!target) return refuse(response, "NOT_FOUND", { method: request.method, path: request.url });
    Object.assign(request, target);
    const isApi = isApiPath(target.url);
    dropFrameworkHeaders(request.headers, isApi);
    const malformed = findMalformedParameter(target.url);
    delete request.headers[MALFORMED_QUERY_HEADER];
    if (malformed !== undefined) request.headers[MALFORMED_QUERY_HEADER] = encodeURIComponent(malformed);
    const headers = isApi ? apiHeaders(options.isHttps) : pageHeaders(request.headers, options);
    response.setHeaders(new Headers(headers));
    try {
      await handle(request, response);
    } catch (error) {
      log.error({ err: error }, "a request failed outside its route");
      if (response.headersSent) response.destroy();
      else refuse(response, "INTERNAL_ERROR", { path: target.url });
    }
  }

  server.on("clientError", (error: NodeJS.ErrnoException & { rawPacket?: Buffer }, connection) => {
    if (error.code === "ECONNRESET") return connection.destroy();
    const path = error.rawPacket?.toString("latin1", 0, 2_000).match(/^\S+ (\S+) HTTP\//)?.[1] ?? "";
    const detail = { parser: error.code };
    if (error.code === "ERR_HTTP_REQUEST_TIMEOUT")
      return refuseConnection(connection, "REQUEST_TIMEOUT", { detail });
    if (error.code === "HPE_HEADER_OVERFLOW") {
      const page = isForPerson(connection) ? { page: LONG_HEAD_PAGE } : {};
      return refuseConnection(connection, "REQUEST_HEADER_FIELDS_TOO_LARGE", {
        detail,
        lingerMs: 5_000,
        ...page,
      });
    }
    if (error.code === "HPE_INVALID_METHOD" && isApiPath(path))
      return refuseConnection(connection, "METHOD_NOT_ALLOWED", { detail });
    const message = "This is not a valid HTTP request.";
    return refuseConnection(connection, "BAD_REQUEST", { detail, message });
  });
  server.on("connect", (_request, connection) =>
    refuseConnection(connection, "METHOD_NOT_ALLOWED", { detail: { method: "CONNECT" } }),
  );

  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, host, resolve));
  return server;
}
