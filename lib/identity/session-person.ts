import type { Prisma } from "@/generated/prisma/client";
import type { ActorSnapshot } from "@/lib/states/audit-entry";

/** The fields of a person that session entries need. */
export const PERSON_FIELDS = {
  id: true,
  name: true,
  email: true,
  role: true,
  /** Null for staff, who belong to no customer. */
  orgId: true,
} satisfies Prisma.PersonSelect;

/** The person of a session. */
export type SessionPerson = Prisma.PersonGetPayload<{ select: typeof PERSON_FIELDS }>;

export const actorOf = ({ id, name, email, role }: SessionPerson): ActorSnapshot => ({
  type: "user",
  id,
  name,
  email,
  role,
  keyPrefix: null,
});
