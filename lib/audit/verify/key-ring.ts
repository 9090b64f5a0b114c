import type { Checkpoint } from "@/lib/audit/signing/read-checkpoint";
import { findSigner, readVerifierKey, type VerifierKey } from "@/lib/audit/signing/verifier-key";
import type { Findings } from "./finding";
import { VerificationError } from "./verification-error";

/** Where the keys are from: whoever could change the trail could have put a key beside it, but not into a command. */
export type KeySource = "command" | "database" | "file";

/** The keys that are trusted, and how many checkpoints each was found to have signed. */
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
   * @param given verifier keys from the command; when there are none, `found` are taken, from beside the trail
   * @throws VerificationError when one of those that were given is no verifier key
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
      if (!key && isGiven) throw new VerificationError(`${text} is no verifier key.`);
      if (key) keys.push(key);
      else findings.add({ kind: "bad_signature", message: `${text} is no verifier key` });
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
    const message = `checkpoint ${checkpoint.number} has no good signature by a trusted key; it names ${by}`;
    const { number, position } = checkpoint;
    this.#findings.add({ kind: "bad_signature", checkpoint: number, position, message });
  }

  list(): { id: string; checkpoints: number }[] {
    return [...this.#signed].map(([id, checkpoints]) => ({ id, checkpoints }));
  }
}
