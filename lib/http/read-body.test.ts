import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import { type AddressInfo, connect } from "node:net";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { MAX_BODY_BYTES, readBody } from "./read-body";

const server = createServer();
beforeAll(() => once(server.listen(0, "127.0.0.1"), "listening"));
afterAll(() => server.close());

/** Sends the head and the given pieces of a request, and gives what the server has of it. */
async function receive(head: string, pieces: Uint8Array[] = []) {
  const { port } = server.address() as AddressInfo;
  const socket = connect(port, "127.0.0.1").on("error", () => {});
  const received = once(server, "request") as Promise<[IncomingMessage]>;
  socket.write(`POST / HTTP/1.1\r\nHost: a\r\n${head}\r\n\r\n`);
  const [message] = await received;
  for (const piece of pieces) socket.write(piece);
  return { message, socket };
}

const chunk = (bytes: Uint8Array) =>
  Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from("\r\n")]);
const LAST_CHUNK = Buffer.from("0\r\n\r\n");
const CHUNKED = "Transfer-Encoding: chunked";

test("a body in any pieces is the same body, of a told length or not", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.uint8Array({ minLength: 1 })), fc.boolean(), async (pieces, isChunked) => {
      const whole = Buffer.concat(pieces);
      const { message, socket } = isChunked
        ? await receive(CHUNKED, [...pieces.map(chunk), LAST_CHUNK])
        : await receive(`Content-Length: ${whole.length}`, pieces);
      expect(Buffer.from(await readBody(message))).toEqual(whole);
      socket.destroy();
    }),
  );
});

test("the limit is exact, told beforehand or not", async () => {
  const fits = Buffer.alloc(MAX_BODY_BYTES);
  const exact = await receive(CHUNKED, [chunk(fits), LAST_CHUNK]);
  expect(await readBody(exact.message)).toHaveLength(MAX_BODY_BYTES);
  const tooLarge = { code: "PAYLOAD_TOO_LARGE" };
  const over = await receive(CHUNKED, [chunk(fits), chunk(Buffer.alloc(1))]); // and it never ends
  await expect(readBody(over.message)).rejects.toMatchObject(tooLarge);
  const declared = await receive(`Content-Length: ${MAX_BODY_BYTES + 1}`); // and nothing comes
  await expect(readBody(declared.message)).rejects.toMatchObject(tooLarge);
  for (const { socket } of [exact, over, declared]) socket.destroy();
});

test("a body that ends early is refused", async () => {
  const { message, socket } = await receive("Content-Length: 10", [Buffer.from("1234")]);
  const read = readBody(message);
  socket.destroy();
  await expect(read).rejects.toMatchObject({ code: "BAD_REQUEST" });
});

test("no body is no bytes", async () => {
  const { message, socket } = await receive("Content-Length: 0");
  expect(await readBody(message)).toHaveLength(0);
  socket.destroy();
});
