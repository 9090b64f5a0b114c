import { z } from "zod";
import { fromBase64 } from "./note";
import { makeSigningKey } from "./sign-note";

/**
 * The variable's value: base64 seeds of Ed25519 keys, 32 bytes each, separated by commas, without duplicates.
 */
export const SigningKeys = z
  .string()
  .transform((text) => text.split(",").filter(Boolean))
  .pipe(z.array(z.string().refine((seed) => fromBase64(seed)?.length === 32)).min(1))
  .refine((seeds) => new Set(seeds).size === seeds.length)
  .transform((seeds) => seeds.map((seed) => makeSigningKey(Buffer.from(seed, "base64"))));
