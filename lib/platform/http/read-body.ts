import { Refusal } from "@/lib/platform/errors";

export const MAX_BODY_BYTES = 64 * 1024;

/**
 * Reads a body up to the limit. Refuses a larger one by its Content-Length, or once it passes the limit.
 * @throws Refusal PAYLOAD_TOO_LARGE, or BAD_REQUEST if the connection ends before the body does
 */
export async function readBody(
  { headers, body }: Request,
  maxBytes = MAX_BODY_BYTES,
): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(headers.get("content-length") ?? 0) > maxBytes) throw tooLarge(maxBytes);
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of body ?? []) {
      size += chunk.byteLength;
      if (size > maxBytes) throw tooLarge(maxBytes);
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal("BAD_REQUEST", { message: "The request body is incomplete." });
  }
  return new Uint8Array(Buffer.concat(chunks));
}

const tooLarge = (maxBytes: number): Refusal =>
  new Refusal("PAYLOAD_TOO_LARGE", {
    message: `The request body is larger than ${Math.round(maxBytes / 1024)} KiB.`,
  });
