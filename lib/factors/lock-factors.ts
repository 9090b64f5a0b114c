import type { Db } from "@/lib/platform/db/client";
import { conflict, Refusal } from "@/lib/platform/errors";
import type { Caller } from "@/lib/states/caller";

/** @throws Refusal CONFLICT `managed_by_provider` */
export function refuseProviderPeople({ identityProvider }: Caller): void {
  if (identityProvider !== undefined)
    throw conflict(
      "managed_by_provider",
      "Your identity provider signs you in. Set up a second factor there.",
    );
}

/**
 * Serializes the changes of one person's factors, and sign-ins of that person, which lock the row too.
 * @throws Refusal UNAUTHORIZED when the person was disabled
 */
export async function lockFactors(tx: Db, caller: Caller): Promise<void> {
  refuseProviderPeople(caller);
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT FROM people WHERE id = ${caller.person.id}::uuid AND disabled_at IS NULL FOR NO KEY UPDATE`;
  if (rows.length === 0) throw new Refusal("UNAUTHORIZED");
}
