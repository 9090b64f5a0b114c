import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { z } from "zod";
import { ConnectionError } from "./api-error";
import { callApi } from "./call-api";

/** Accepts every request and answers none. */
const silent = createServer();
const url = () => `http://127.0.0.1:${(silent.address() as AddressInfo).port}/`;

beforeAll(async () => {
  // The page has no signed-in user.
  vi.stubGlobal("document", { querySelector: () => null });
  await once(silent.listen(0, "127.0.0.1"), "listening");
});
afterAll(() => {
  vi.unstubAllGlobals();
  silent.closeAllConnections();
  silent.close();
});

test("call api: reports a timeout as a lost connection", async () => {
  await expect(callApi(z.any(), url(), { signal: AbortSignal.timeout(50) })).rejects.toBeInstanceOf(
    ConnectionError,
  );
});

test("call api: rethrows the caller's own abort", async () => {
  const given = new AbortController();
  const call = callApi(z.any(), url(), { signal: given.signal });
  given.abort();
  await expect(call).rejects.toMatchObject({ name: "AbortError" });
});
