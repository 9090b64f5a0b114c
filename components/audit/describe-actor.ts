import type { AuditEntry } from "@/lib/contract/audit";

/** Who acted, and for a service key whose it was. */
export const describeActor = ({ name, owner }: Pick<AuditEntry["actor"], "name" | "owner">): string =>
  owner ? `${name}, owned by ${owner.name}` : name;
