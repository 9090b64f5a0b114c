import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { isoCBOR } from "@simplewebauthn/server/helpers";

type Flags = { origin: string; rpId?: string; counter?: number; isVerified?: boolean };

const encode = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64url");
const sha256 = (data: Uint8Array | string) => createHash("sha256").update(data).digest();

/** An authenticator in software (ES256, no attestation), with one passkey. */
export function makeSoftwarePasskey() {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const credentialId = randomBytes(32);
  const id = encode(credentialId);
  const { x, y } = publicKey.export({ format: "jwk" });
  const cose = isoCBOR.encode(
    new Map<number, number | Uint8Array>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, new Uint8Array(Buffer.from(x!, "base64url"))],
      [-3, new Uint8Array(Buffer.from(y!, "base64url"))],
    ]) as never,
  );

  const frame = (
    { origin, rpId = new URL(origin).hostname, counter = 0, isVerified = true }: Flags,
    more = 0,
  ) => {
    const tail = Buffer.alloc(5);
    tail[0] = 0x01 | (isVerified ? 0x04 : 0) | more;
    tail.writeUInt32BE(counter, 1);
    return Buffer.concat([sha256(rpId), tail]);
  };
  const clientData = (type: string, challenge: string, { origin }: Flags) =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  const common = { id, rawId: id, type: "public-key", clientExtensionResults: {} } as const;

  return {
    id,
    /** Answers the options of a registration. */
    register(challenge: string, flags: Flags) {
      const length = Buffer.alloc(2);
      length.writeUInt16BE(credentialId.length);
      const authData = Buffer.concat([frame(flags, 0x40), Buffer.alloc(16), length, credentialId, cose]);
      const attestation = new Map<string, unknown>([
        ["fmt", "none"],
        ["attStmt", new Map()],
        ["authData", new Uint8Array(authData)],
      ]);
      return {
        ...common,
        response: {
          clientDataJSON: encode(clientData("webauthn.create", challenge, flags)),
          attestationObject: encode(isoCBOR.encode(attestation as never)),
        },
      };
    },
    /** Answers the options of a sign-in. */
    sign(challenge: string, flags: Flags) {
      const data = clientData("webauthn.get", challenge, flags);
      const authenticatorData = frame(flags);
      const signature = sign("sha256", Buffer.concat([authenticatorData, sha256(data)]), privateKey);
      return {
        ...common,
        response: {
          clientDataJSON: encode(data),
          authenticatorData: encode(authenticatorData),
          signature: encode(signature),
        },
      };
    },
  };
}
