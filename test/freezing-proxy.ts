import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

export type FreezingProxy = {
  /** Returns the database's address through the proxy. */
  through(databaseUrl: string): string;
  /**
   * Silently drops everything sent over existing connections without closing them, like a network that
   * swallows packets. New connections pass.
   * @returns how many froze
   */
  freeze(): number;
  /** Like `freeze`, but drops new connections too, until `heal`. */
  cutOff(): void;
  heal(): void;
  /** From now on, every existing connection is reset by the next statement that is sent over it. */
  resetOnNextStatement(): void;
  close(): Promise<void>;
};

type Pair = { ends: [Socket, Socket]; isFrozen: boolean; isReset: boolean };

/** A TCP proxy for PostgreSQL that can freeze connections. */
export async function startFreezingProxy(databaseUrl: string): Promise<FreezingProxy> {
  const { hostname, port } = new URL(databaseUrl);
  let isCutOff = false;
  const pairs = new Set<Pair>();
  const server = createServer({ allowHalfOpen: true }, (client) => {
    const database = connect({ host: hostname, port: Number(port || 5432), allowHalfOpen: true });
    const pair: Pair = { ends: [client, database], isFrozen: isCutOff, isReset: false };
    pairs.add(pair);
    client.on("data", () => void (pair.isReset && client.resetAndDestroy()));
    for (const [from, to] of [
      [client, database],
      [database, client],
    ] as const) {
      from.setNoDelay(true);
      from.on("data", (bytes) => void (pair.isFrozen || to.write(bytes)));
      from.on("end", () => void (pair.isFrozen || to.end()));
      from.on("error", () => void (pair.isFrozen || to.destroy()));
      from.on("close", () => {
        if (pair.isFrozen) return;
        to.destroy();
        pairs.delete(pair);
      });
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const through = (url: string) =>
    Object.assign(new URL(url), { hostname: "127.0.0.1", port: (server.address() as AddressInfo).port }).href;
  const freeze = () => {
    const passing = [...pairs].filter(({ isFrozen }) => !isFrozen);
    for (const pair of passing) pair.isFrozen = true;
    return passing.length;
  };
  const cutOff = () => {
    isCutOff = true;
    freeze();
  };
  const heal = () => void (isCutOff = false);
  const resetOnNextStatement = () => {
    for (const pair of pairs) pair.isReset = true;
  };
  const close = async () => {
    for (const { ends } of pairs) for (const end of ends) end.destroy();
    server.close();
    await once(server, "close");
  };
  return { through, freeze, cutOff, heal, resetOnNextStatement, close };
}
