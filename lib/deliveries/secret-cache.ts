import { openSecret } from "@/lib/callbacks/seal-secret";
import type { StartedAttempt } from "./start-attempt";

const MOST_SECRETS = 1_000;

/** Caches opened secrets by id. Secrets never change, so entries never expire. */
export class SecretCache {
  readonly #opened = new Map<string, string>();

  constructor(readonly encryptionKeys: readonly string[]) {}

  /**
   * @returns the secret that signs this delivery; null when its organization has none
   * @throws when it can't be opened
   */
  open({ org_id, secret_id, secret_ciphertext }: StartedAttempt): string | null {
    if (secret_id === null || secret_ciphertext === null) return null;
    const known = this.#opened.get(secret_id);
    if (known !== undefined) return known;
    const secret = openSecret(secret_ciphertext, { orgId: org_id, secretId: secret_id }, this.encryptionKeys);
    if (this.#opened.size >= MOST_SECRETS) this.#opened.clear();
    this.#opened.set(secret_id, secret);
    return secret;
  }
}
