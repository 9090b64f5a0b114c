import type { Prisma } from "@/generated/prisma/client";
import type { ActorSnapshot } from "@/lib/states/audit-entry";

/** Of a person: what their sessions' entries say. */
export const PERSON_FIELDS = {
  id: true,
  name: true,
  email: true,
  role: true,
  /** Null for staff, who belong to no customer. */
  orgId: true,
} satisfies Prisma.PersonSelect;

/** Whose session it is. */
export type SessionPerson = Prisma.PersonGetPayload<{ select: typeof PERSON_FIELDS }>;

export const actorOf = ({ id, name, email, role }: SessionPerson): ActorSnapshot => ({
  type: "user",
  id,
  name,
  email,
  role,
  keyPrefix: null,
});
