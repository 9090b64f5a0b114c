import type { IncomingMessage } from "node:http";
import { Refusal } from "@/lib/errors";

export const MAX_BODY_BYTES = 64 * 1024;

/**
 * Reads a request's body, but never more than the limit: a larger one is refused by its Content-Length, or as soon as
 * it passes the limit. It is read from Node's request: the web stream that Next makes of it costs as much as the rest
 * of a cancel's own code (docs/decisions/013).
 * @throws Refusal PAYLOAD_TOO_LARGE, or BAD_REQUEST when the connection ends amid the body
 */
export function readBody(message: IncomingMessage): Promise<Uint8Array> {
  if (Number(message.headers["content-length"] ?? 0) > MAX_BODY_BYTES)
    return Promise.reject(new Refusal("PAYLOAD_TOO_LARGE"));
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const take = (chunk: Buffer) => {
      size += chunk.byteLength;
      if (size > MAX_BODY_BYTES) end(() => reject(new Refusal("PAYLOAD_TOO_LARGE")));
      else chunks.push(chunk);
    };
    const finish = () => end(() => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)));
    const giveUp = () =>
      end(() => reject(new Refusal("BAD_REQUEST", { message: "The request body is incomplete." })));
    const end = (settle: () => void) => {
      message.off("data", take).off("end", finish).off("error", giveUp).off("close", giveUp).pause();
      settle();
    };
    message.on("data", take).on("end", finish).on("error", giveUp).on("close", giveUp);
  });
}
