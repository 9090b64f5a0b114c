import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * A process of its own that answers every POST with 200. It tells its parent its port, and whenever it was told a number,
 * how many milliseconds lay between the first and the last of so many requests.
 */
let wanted = Infinity;
let count = 0;
let startedAt = 0;

const server = createServer((request, response) => {
  request.resume().on("end", () => {
    response.end();
    if (count++ === 0) startedAt = performance.now();
    if (count === wanted) process.send?.({ ms: performance.now() - startedAt });
  });
});
server.keepAliveTimeout = 60_000;
process.on("message", (amount: number) => {
  wanted = amount;
  count = 0;
});
process.on("disconnect", () => process.exit(0));
server.listen(0, "127.0.0.1", () => process.send?.({ port: (server.address() as AddressInfo).port }));
