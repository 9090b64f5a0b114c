import fc from "fast-check";
import { expect, test } from "vitest";
import { MAX_BODY_BYTES, readBody } from "./read-body";

/** A request whose body arrives in chunks, on demand. */
function receive(
  pieces: Iterable<Uint8Array>,
  headers: HeadersInit = {},
  end: "closes" | "breaks" | "hangs" = "closes",
) {
  const iterator = pieces[Symbol.iterator]();
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const { value, done } = iterator.next();
      if (!done) return controller.enqueue(value);
      if (end === "closes") return controller.close();
      if (end === "breaks") return controller.error(new Error("aborted"));
      return new Promise(() => {});
    },
  });
  return new Request("http://a/", { method: "POST", headers, body, duplex: "half" } as RequestInit);
}

test("body in any chunks: same body", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.uint8Array({ minLength: 1 })), async (pieces) => {
      expect(Buffer.from(await readBody(receive(pieces)))).toEqual(Buffer.concat(pieces));
    }),
  );
});

test("limit: exact, with or without Content-Length", async () => {
  const fits = new Uint8Array(MAX_BODY_BYTES);
  expect(await readBody(receive([fits]))).toHaveLength(MAX_BODY_BYTES);
  const tooLarge = { code: "PAYLOAD_TOO_LARGE" };
  await expect(readBody(receive([fits, new Uint8Array(1)], {}, "hangs"))).rejects.toMatchObject(tooLarge);
  const declared = receive([], { "Content-Length": `${MAX_BODY_BYTES + 1}` }, "hangs");
  await expect(readBody(declared)).rejects.toMatchObject(tooLarge);
});

test("body that ends early: refused", async () => {
  const request = receive([new Uint8Array(4)], { "Content-Length": "10" }, "breaks");
  await expect(readBody(request)).rejects.toMatchObject({ code: "BAD_REQUEST" });
});

test("no body: no bytes", async () => {
  expect(await readBody(new Request("http://a/", { method: "POST" }))).toHaveLength(0);
});
