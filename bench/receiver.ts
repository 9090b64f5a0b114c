import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * A separate process that answers every POST with 200, on as many ports as its argument says. Reports the
 * ports to its parent; for each number received, it reports how many milliseconds passed between the first
 * and the last of that many requests.
 */
let wanted = Infinity;
let count = 0;
let startedAt = 0;

const answer: RequestListener = (request, response) => {
  request.resume().on("end", () => {
    response.end();
    if (count++ === 0) startedAt = performance.now();
    if (count === wanted) process.send?.({ ms: performance.now() - startedAt });
  });
};
process.on("message", (amount: number) => {
  wanted = amount;
  count = 0;
});
process.on("disconnect", () => process.exit(0));
const ports = Array.from({ length: Number(process.argv[2]) }, async () => {
  const server = createServer({ keepAliveTimeout: 60_000 }, answer).listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
});
process.send?.({ ports: await Promise.all(ports) });
