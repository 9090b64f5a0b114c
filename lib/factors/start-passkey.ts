import type { Db } from "@/lib/platform/db/client";
import type { Caller } from "@/lib/states/caller";
import { refuseProviderPeople } from "./lock-factors";
import { challengeRegistration } from "@/lib/identity/passkey";

/**
 * Starts the registration of a passkey, on an authenticator that has none of the caller's yet.
 * @throws Refusal CONFLICT `managed_by_provider`
 */
export async function startPasskey(db: Db, caller: Caller) {
  refuseProviderPeople(caller);
  const { person } = caller;
  const known = await db.secondFactor.findMany({
    where: { personId: person.id, kind: "passkey", removedAt: null },
    select: { credentialId: true },
  });
  return challengeRegistration(
    person,
    known.map(({ credentialId }) => credentialId!),
  );
}
