import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { ApiError, ConnectionError } from "./api-error";
import { callApi } from "./call-api";
import { onStepUp } from "./step-up";

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

describe("change that needs a recent sign-in", () => {
  const received: { key: string | undefined; body: string }[] = [];
  let isConfirmed = false;
  const strict = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (part: string) => (body += part));
    request.on("end", () => {
      received.push({ key: request.headers["idempotency-key"] as string | undefined, body });
      response.writeHead(isConfirmed ? 201 : 403, { "Content-Type": "application/json" });
      const errors = [{ type: "step_up_required", loc: [], msg: "Confirm your password." }];
      response.end(
        JSON.stringify(
          isConfirmed ? { id: 1 } : { code: "PERMISSION_DENIED", message: "Confirm your password.", errors },
        ),
      );
    });
  });
  const call = () =>
    callApi(z.object({ id: z.int() }), `http://127.0.0.1:${(strict.address() as AddressInfo).port}/`, {
      method: "POST",
      headers: { "Idempotency-Key": "one-decision" },
      body: '{"reason":"typed"}',
    });
  const answerWith = (answer: boolean) => {
    let asked = 0;
    const remove = onStepUp(async () => {
      asked++;
      isConfirmed = answer;
      return answer;
    });
    return { count: () => asked, remove };
  };

  beforeAll(async () => void (await once(strict.listen(0, "127.0.0.1"), "listening")));
  afterAll(() => void strict.close());
  beforeEach(() => void received.splice(0));
  afterEach(() => void (isConfirmed = false));

  test("confirmed: the same request is sent again", async () => {
    const { count, remove } = answerWith(true);
    expect(await call()).toMatchObject({ status: 201, data: { id: 1 } });
    const sent = { key: "one-decision", body: '{"reason":"typed"}' };
    expect(received).toEqual([sent, sent]);
    expect(count()).toBe(1);
    remove();
  });

  test("several at once: asks once", async () => {
    const { count, remove } = answerWith(true);
    const answers = await Promise.all([call(), call(), call()]);
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(count()).toBe(1);
    remove();
  });

  test("declined, or nobody to ask: throws the refusal", async () => {
    const { remove } = answerWith(false);
    await expect(call()).rejects.toBeInstanceOf(ApiError);
    remove();
    await expect(call()).rejects.toMatchObject({ status: 403, message: "Confirm your password." });
    expect(received).toHaveLength(2);
  });
});
