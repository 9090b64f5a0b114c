import { PROXY_ADDRESS_HEADER } from "./internal-headers";

/** The server process sets X-Forwarded-For to the one address that it trusts (`scripts/serve.ts`). */
export const readClientAddress = (headers: Headers): string | null => headers.get("x-forwarded-for") || null;

/** Whether the address is a proxy's that named no client, so it may be any client's. */
export const isAddressOfProxy = (headers: Headers): boolean => headers.has(PROXY_ADDRESS_HEADER);

/** For people to read; cut, because clients may send any length. */
export const readUserAgent = (headers: Headers): string | null =>
  headers.get("user-agent")?.slice(0, 400) ?? null;
