import { z } from "zod";
import type { TotpSetup } from "@/lib/contract/factors";
import { openTicket, sealTicket } from "@/lib/identity/ticket";
import { invalid } from "@/lib/platform/errors";
import type { Caller } from "@/lib/states/caller";
import { refuseProviderPeople } from "./lock-factors";
import { findTimeStep, newTotpSecret, totpUri } from "@/lib/identity/totp";

const PURPOSE = "totp setup";
const MINUTES = 10;
const Claims = z.object({ secret: z.string(), sessionId: z.uuid() });

/** Makes a secret for an authenticator app. It counts once its first code arrives, in the same session. */
export function startTotp(caller: Caller): TotpSetup {
  refuseProviderPeople(caller);
  const secret = newTotpSecret();
  const setup = sealTicket(PURPOSE, { secret, sessionId: caller.credentialId }, MINUTES);
  return { secret, uri: totpUri(secret, caller.person.email), setup };
}

/**
 * @returns the secret, and the time step of its first code
 * @throws Refusal VALIDATION_ERROR `setup_expired`, `wrong_code`
 */
export function confirmTotp(
  { credentialId }: Caller,
  { setup, code }: { setup: string; code: string },
): { secret: string; step: number } {
  const ticket = openTicket(PURPOSE, Claims, setup);
  if (ticket?.claims.sessionId !== credentialId)
    throw invalid(["body", "setup"], "setup_expired", "This setup has expired. Start again.");
  const { secret } = ticket.claims;
  const step = findTimeStep(secret, code.replaceAll(/\s/g, ""));
  if (step === undefined)
    throw invalid(
      ["body", "code"],
      "wrong_code",
      "This isn’t the app’s current code. Check that your phone’s clock is right.",
    );
  return { secret, step };
}
