import { PROXY_ADDRESS_HEADER } from "./internal-headers";

/** The server process sets X-Forwarded-For to the one trusted address (`scripts/serve.ts`). */
export const readClientAddress = (headers: Headers): string | null => headers.get("x-forwarded-for") || null;

/** Whether the address is that of a proxy that named no client, so it may be anyone's. */
export const isAddressOfProxy = (headers: Headers): boolean => headers.has(PROXY_ADDRESS_HEADER);

/** For people to read; truncated, because clients may send any length. */
export const readUserAgent = (headers: Headers): string | null =>
  headers.get("user-agent")?.slice(0, 400) ?? null;
