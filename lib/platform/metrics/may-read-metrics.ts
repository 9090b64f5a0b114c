import { hash, timingSafeEqual } from "node:crypto";

const BEARER = /^Bearer +(\S+) *$/i;

/** Compares a scraper's token in constant time, by hashes, because the function needs equal lengths. */
export function mayReadMetrics(authorization: string | null | undefined, token: string): boolean {
  const given = BEARER.exec(authorization ?? "")?.[1];
  return given !== undefined && timingSafeEqual(digest(given), digest(token));
}

const digest = (text: string): Buffer => hash("sha256", text, "buffer");
