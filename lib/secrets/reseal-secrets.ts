import type { PrismaClient } from "@/generated/prisma/client";
import { callbackPurpose } from "@/lib/callbacks/seal-secret";
import { totpPurpose } from "@/lib/identity/totp-purpose";
import { openText, sealText } from "@/lib/platform/seal-text";

/**
 * How many stored secrets the newest key now seals, how many of them it didn't before, and how many no key
 * opens.
 */
export type Resealed = { sealed: number; changed: number; lost: number };

type Row = { id: string; purpose: string; sealed: Uint8Array };

/**
 * Seals every stored secret with the newest of the ENCRYPTION_KEYS, so that the others can be removed. Can be
 * repeated, and run while people use the product.
 * @param db as the owner
 */
export async function resealSecrets(db: PrismaClient, keys: readonly string[]): Promise<Resealed> {
  const callbacks = await db.callbackSecret.findMany({ select: { id: true, orgId: true, ciphertext: true } });
  const apps = await db.secondFactor.findMany({
    where: { removedAt: null, secret: { not: null } },
    select: { id: true, personId: true, secret: true },
  });
  const tally = { sealed: 0, changed: 0, lost: 0 };
  for (const { id, orgId, ciphertext } of callbacks) {
    const row = { id, purpose: callbackPurpose({ orgId, secretId: id }), sealed: ciphertext };
    await reseal(tally, keys, row, (after) =>
      db.callbackSecret.updateMany({ where: { id, ciphertext }, data: { ciphertext: after } }),
    );
  }
  for (const { id, personId, secret } of apps) {
    const row = { id, purpose: totpPurpose(personId), sealed: secret! };
    await reseal(tally, keys, row, (after) =>
      db.secondFactor.updateMany({ where: { id, secret }, data: { secret: after } }),
    );
  }
  return tally;
}

async function reseal(
  tally: Resealed,
  keys: readonly string[],
  { purpose, sealed }: Row,
  write: (after: Uint8Array<ArrayBuffer>) => Promise<unknown>,
): Promise<void> {
  const text = openText(sealed, purpose, keys);
  if (text === undefined) return void tally.lost++;
  tally.sealed++;
  if (openText(sealed, purpose, keys.slice(0, 1)) !== undefined) return;
  await write(sealText(text, purpose, keys));
  tally.changed++;
}
