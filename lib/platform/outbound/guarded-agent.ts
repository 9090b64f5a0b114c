import { lookup as systemLookup, type LookupAddress, type LookupOptions } from "node:dns";
import type { LookupFunction } from "node:net";
import { Agent } from "undici";
import { isPublicAddress } from "./target-url";

/** Like `dns.lookup` with `all`. */
export type Resolve = (
  hostname: string,
  options: LookupOptions & { all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

export const PRIVATE_ADDRESS = "ERR_PRIVATE_ADDRESS";

type Options = { allowPrivate: boolean; timeoutMs: number; resolve?: Resolve };

/**
 * SSRF guard for deliveries. Resolves a name once per connection and connects only to the addresses just
 * checked as public, so DNS rebinding has no effect. Literal addresses skip the resolver; `checkTargetUrl`
 * refuses private ones.
 */
export function createGuardedAgent({ allowPrivate, timeoutMs, resolve = systemLookup }: Options): Agent {
  const lookup: LookupFunction = (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, []);
      const addresses = allowPrivate ? found : found.filter(({ address }) => isPublicAddress(address));
      const [first] = addresses;
      if (!first) {
        const refusal = new Error(`${hostname} resolves to no public address`);
        return callback(Object.assign(refusal, { code: PRIVATE_ADDRESS }), []);
      }
      if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
  return new Agent({
    connect: { lookup, timeout: timeoutMs },
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    // Short, so that a name that is no longer public doesn't stay connected.
    keepAliveTimeout: 4_000,
    keepAliveMaxTimeout: 10_000,
    connections: 64,
  });
}
