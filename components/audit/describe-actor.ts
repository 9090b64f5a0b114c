import { plainStored } from "@/lib/client/bidi";
import type { AuditEntry } from "@/lib/contract/audit";

/** The actor's name and, for a service key, its owner's. */
export const describeActor = ({ name, owner }: Pick<AuditEntry["actor"], "name" | "owner">): string =>
  owner ? `${plainStored(name)}, owned by ${plainStored(owner.name)}` : plainStored(name);
