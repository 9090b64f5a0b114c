import { PROXY_ADDRESS_HEADER } from "./internal-headers";

/** The server process sets X-Forwarded-For to the one address that it believes (`scripts/serve.ts`). */
export const readClientAddress = (headers: Headers): string | null => headers.get("x-forwarded-for") || null;

/** Whether that address is a proxy's, because the proxy named no client: it may stand for everybody. */
export const isAddressOfProxy = (headers: Headers): boolean => headers.has(PROXY_ADDRESS_HEADER);

/** Kept for people to read; cut, because a caller may send any length. */
export const readUserAgent = (headers: Headers): string | null =>
  headers.get("user-agent")?.slice(0, 400) ?? null;
