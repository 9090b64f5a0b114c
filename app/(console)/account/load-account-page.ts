import { findFactors } from "@/lib/factors/find-factors";
import { arePasskeysPossible } from "@/lib/identity/passkey";
import { describeBrowser } from "@/lib/identity/describe-browser";
import { findOwnSessions } from "@/lib/identity/own-sessions";
import { nameOrganizations } from "@/lib/organizations/name-organizations";
import { db } from "@/lib/platform/db/client";
import { env } from "@/lib/platform/env/env";
import type { Caller } from "@/lib/states/caller";
import { findRole } from "@/lib/states/permissions";

/** Loads what a person sees about their own account. */
export async function loadAccountPage(caller: Caller) {
  const { reach, person, actor } = caller;
  const ids = reach.all ? [] : [...reach.orgIds];
  const [sessions, factors, customers] = await Promise.all([
    findOwnSessions(db(), caller),
    findFactors(db(), person.id),
    nameOrganizations(db(), reach, { ids }),
  ]);
  const { name, email } = person;
  return {
    facts: {
      name,
      email,
      role: findRole(actor.role),
      reach: { all: reach.all, org_ids: reach.all ? null : ids },
      orgNames: Object.fromEntries(customers.map((customer) => [customer.id, customer.name])),
    },
    sessions: sessions.map((session) => ({ ...session, browser: describeBrowser(session.user_agent) })),
    factors,
    arePasskeysPossible: arePasskeysPossible(),
    idleMinutes: env().SESSION_IDLE_MINUTES,
  };
}
