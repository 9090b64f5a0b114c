import fc from "fast-check";
import { expect, test } from "vitest";
import { MAX_BODY_BYTES, readBody } from "./read-body";

/** A request whose body comes in the given pieces, of a length that is not told beforehand. */
function streamed(pieces: Uint8Array[]): Request {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece);
      controller.close();
    },
  });
  return new Request("http://x/", { method: "POST", body, duplex: "half" } as RequestInit);
}

test("a body in any pieces is the same body", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.uint8Array({ minLength: 1 })), async (pieces) => {
      expect(Buffer.from(await readBody(streamed(pieces)))).toEqual(Buffer.concat(pieces));
    }),
  );
});

test("the limit is exact, told beforehand or not", async () => {
  const fits = new Uint8Array(MAX_BODY_BYTES);
  expect(await readBody(streamed([fits]))).toHaveLength(MAX_BODY_BYTES);
  const tooLarge = { code: "PAYLOAD_TOO_LARGE" };
  await expect(readBody(streamed([fits, new Uint8Array(1)]))).rejects.toMatchObject(tooLarge);
  const declared = new Request("http://x/", {
    method: "POST",
    headers: { "Content-Length": String(MAX_BODY_BYTES + 1) },
  });
  await expect(readBody(declared)).rejects.toMatchObject(tooLarge);
});

test("a stream without end is given up at the limit", async () => {
  let sent = 0;
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      sent += 1_000;
      controller.enqueue(new Uint8Array(1_000));
    },
  });
  const endless = new Request("http://x/", { method: "POST", body, duplex: "half" } as RequestInit);
  await expect(readBody(endless)).rejects.toMatchObject({ code: "PAYLOAD_TOO_LARGE" });
  expect(sent).toBeLessThan(MAX_BODY_BYTES + 10_000);
});

test("no body is no bytes", async () => {
  expect(await readBody(new Request("http://x/", { method: "POST" }))).toHaveLength(0);
});
