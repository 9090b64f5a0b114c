import { plainStored } from "@/lib/client/bidi";
import type { AuditEntry } from "@/lib/contract/audit";

/** Who acted, and for a service key whose it was. */
export const describeActor = ({ name, owner }: Pick<AuditEntry["actor"], "name" | "owner">): string =>
  owner ? `${plainStored(name)}, owned by ${plainStored(owner.name)}` : plainStored(name);
