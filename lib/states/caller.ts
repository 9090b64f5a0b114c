import type { ActorSnapshot } from "./audit-entry";
import type { Permission } from "./permissions";

/** The organizations that a caller may touch. */
export type Reach = { all: true } | { all: false; orgIds: readonly string[] };

/** The actor behind a request, read from the database for each request. */
export type Caller = {
  kind: "session" | "service" | "inference";
  /** The session's or key's id; idempotency records refer to it. */
  credentialId: string;
  /** The acting person: the one signed in, or the key's owner. */
  person: { id: string; name: string; email: string; isVerified: boolean };
  actor: ActorSnapshot;
  /** A service key's scopes; null for everyone else. */
  scopes: readonly string[] | null;
  permissions: ReadonlySet<Permission>;
  reach: Reach;
  /** Of a session: whether its person proved recently who they are (step-up authentication). */
  isFresh?: boolean;
  /** Of a session: the kinds of second factors that its person has. */
  factors?: readonly ("totp" | "passkey")[];
  /** Of a session: whether its person must set up a second factor before anything else. */
  lacksFactor?: boolean;
  /** Of a session: the id of the identity provider that signs its person in, if any. */
  identityProvider?: string;
  /** Whether the caller may use `/v1/admin` at all. */
  isAdmitted: boolean;
};

/** Whose limits a request counts against: a person's, for all their sessions together, or the key's. */
export const budgetOf = ({
  kind,
  credentialId,
  person,
}: Pick<Caller, "kind" | "credentialId" | "person">): string =>
  kind === "session" ? person.id : credentialId;

/** Whether `reach` includes all of `part`. Only a reach of everything includes an empty one. */
export const covers = (reach: Reach, part: Reach): boolean =>
  reach.all || (!part.all && part.orgIds.length > 0 && part.orgIds.every((id) => reaches(reach, id)));
/** The intersection of two reaches. */
export function cutReach(one: Reach, other: Reach): Reach {
  if (one.all) return other;
  return { all: false, orgIds: one.orgIds.filter((orgId) => reaches(other, orgId)) };
}

/** Whether the caller acts for this person: as themselves, or with a key that they own or made. */
export const isOneself = ({ person, actor }: Caller, personId: string | null): boolean =>
  person.id === personId || (actor.maker !== undefined && actor.maker.id === personId);

export const reaches = (reach: Reach, orgId: string): boolean => reach.all || reach.orgIds.includes(orgId);
