import { Refusal } from "@/lib/errors";

export const MAX_BODY_BYTES = 64 * 1024;

/**
 * Reads a request's body, but never more than the limit: a larger one is refused by its Content-Length, or as soon as
 * the stream passes the limit.
 * @throws Refusal PAYLOAD_TOO_LARGE
 */
export async function readBody(request: Request): Promise<Uint8Array> {
  const declared = request.headers.get("content-length");
  if (declared !== null) {
    if (Number(declared) > MAX_BODY_BYTES) throw new Refusal("PAYLOAD_TOO_LARGE");
    // The HTTP parser lets no more bytes through than were declared.
    return Number(declared) === 0 ? new Uint8Array() : request.bytes();
  }
  if (!request.body) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > MAX_BODY_BYTES) throw new Refusal("PAYLOAD_TOO_LARGE");
    chunks.push(chunk);
  }
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
}
