import { z } from "zod";

/** base64url */
const Encoded = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[A-Za-z0-9_-]*$/);

/** The parts that the browser adds to both kinds of responses. */
const COMMON = {
  id: Encoded(1400).min(1),
  rawId: Encoded(1400),
  type: z.literal("public-key"),
  clientExtensionResults: z.record(z.string(), z.unknown()),
  authenticatorAttachment: z.enum(["platform", "cross-platform"]).optional(),
};

export const PasskeyRegistration = z
  .strictObject({
    ...COMMON,
    response: z.strictObject({
      clientDataJSON: Encoded(4000),
      attestationObject: Encoded(20_000),
      authenticatorData: Encoded(8000).optional(),
      transports: z.array(z.string().max(40)).max(10).optional(),
      publicKeyAlgorithm: z.int().optional(),
      publicKey: Encoded(8000).optional(),
    }),
  })
  .meta({
    id: "PasskeyRegistration",
    description: "A browser's new passkey, as WebAuthn's toJSON() has it.",
  });
export type PasskeyRegistration = z.infer<typeof PasskeyRegistration>;

export const PasskeyAssertion = z
  .strictObject({
    ...COMMON,
    response: z.strictObject({
      clientDataJSON: Encoded(4000),
      authenticatorData: Encoded(8000),
      signature: Encoded(4000),
      userHandle: Encoded(200).optional(),
    }),
  })
  .meta({ id: "PasskeyAssertion", description: "A passkey's signature, as WebAuthn's toJSON() has it." });
export type PasskeyAssertion = z.infer<typeof PasskeyAssertion>;
