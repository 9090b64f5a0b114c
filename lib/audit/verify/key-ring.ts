import type { Checkpoint } from "@/lib/audit/signing/read-checkpoint";
import { findSigner, readVerifierKey, type VerifierKey } from "@/lib/audit/signing/verifier-key";
import type { Findings } from "./finding";
import { VerificationError } from "./verification-error";

/**
 * Where the keys come from. A forger could replace a key stored with the trail, but not one on the command
 * line.
 */
export type KeySource = "command" | "database" | "file";

/** The trusted keys, and how many checkpoints each has signed. */
export class KeyRing {
  readonly source: KeySource;
  readonly #keys: readonly VerifierKey[];
  readonly #signed = new Map<string, number>();
  readonly #findings: Findings;

  private constructor(source: KeySource, keys: readonly VerifierKey[], findings: Findings) {
    this.source = source;
    this.#keys = keys;
    this.#findings = findings;
    for (const { id } of keys) this.#signed.set(id, 0);
  }

  /**
   * @param given keys from the command line; without any, uses those `found` with the trail
   * @throws VerificationError for an invalid given key
   */
  static async open(
    findings: Findings,
    given: readonly string[],
    found: { source: KeySource; keys: readonly string[] },
  ): Promise<KeyRing> {
    const isGiven = given.length > 0;
    const keys = [];
    for (const text of isGiven ? given : found.keys) {
      const key = await readVerifierKey(text);
      if (!key && isGiven) throw new VerificationError(`${text} is not a verifier key.`);
      if (key) keys.push(key);
      else findings.add({ kind: "bad_signature", message: `${text} is not a verifier key` });
    }
    return new KeyRing(isGiven ? "command" : found.source, keys, findings);
  }

  async check(checkpoint: Checkpoint): Promise<void> {
    const key = await findSigner(checkpoint, this.#keys);
    if (key) {
      this.#signed.set(key.id, this.#signed.get(key.id)! + 1);
      return;
    }
    const by = checkpoint.signatures.map(({ keyId }) => keyId).join(", ") || "nobody";
    const message = `checkpoint ${checkpoint.number} has no valid signature by a trusted key; it names ${by}`;
    const { number, position } = checkpoint;
    this.#findings.add({ kind: "bad_signature", checkpoint: number, position, message });
  }

  list(): { id: string; checkpoints: number }[] {
    return [...this.#signed].map(([id, checkpoints]) => ({ id, checkpoints }));
  }
}
