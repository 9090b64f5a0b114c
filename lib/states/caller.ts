import type { ActorSnapshot } from "./audit-entry";
import type { Permission } from "./permissions";

/** The organizations that a caller may touch. */
export type Reach = { all: true } | { all: false; orgIds: readonly string[] };

/** Whoever is behind a request, read from the database for that request. */
export type Caller = {
  kind: "session" | "service" | "inference";
  /** The session's or the key's id: what limits and idempotency records hang on. */
  credentialId: string;
  /** The person who acts: the one signed in, or the key's owner. */
  person: { id: string; name: string; email: string; isVerified: boolean };
  actor: ActorSnapshot;
  /** A service key's scopes as they were given; null for everyone else. */
  scopes: readonly string[] | null;
  permissions: ReadonlySet<Permission>;
  reach: Reach;
  /** Whether the caller may enter `/v1/admin` at all. */
  isAdmitted: boolean;
};

/** Whether a reach has all of another in it. One that touches nothing is in none but the one that has everything. */
export const covers = (reach: Reach, part: Reach): boolean =>
  reach.all || (!part.all && part.orgIds.length > 0 && part.orgIds.every((id) => reaches(reach, id)));
/** What two reaches have in common. */
export function cutReach(one: Reach, other: Reach): Reach {
  if (one.all) return other;
  return { all: false, orgIds: one.orgIds.filter((orgId) => reaches(other, orgId)) };
}

export const reaches = (reach: Reach, orgId: string): boolean => reach.all || reach.orgIds.includes(orgId);
