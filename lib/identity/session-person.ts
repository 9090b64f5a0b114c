import type { ActorSnapshot } from "@/lib/audit/audit-entry";
import type { Role } from "./permissions";

/** Whose session it is. */
export type SessionPerson = {
  id: string;
  name: string;
  email: string;
  role: Role;
  /** Null for staff, who belong to no customer. */
  orgId: string | null;
};

export const actorOf = ({ id, name, email, role }: SessionPerson): ActorSnapshot => ({
  type: "user",
  id,
  name,
  email,
  role,
  keyPrefix: null,
});
