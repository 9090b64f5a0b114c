import { newRequestId } from "@/lib/platform/http/request-id";
import type { ActorSnapshot, RequestContext } from "@/lib/states/audit-entry";
import type { Reach } from "@/lib/states/caller";
import { ROLE_PERMISSIONS } from "@/lib/states/permissions";
import type { SeededKey } from "./keys";
import type { SeededStaff } from "./people";
import type { Random } from "./random";

/** The actor of past audit entries. */
export type PastActor = { actor: ActorSnapshot; reach: Reach };

export const toActor = ({ id, name, email, role, orgIds }: SeededStaff): PastActor => ({
  actor: { type: "user", id, name, email, role, keyPrefix: null },
  reach: orgIds ? { all: false, orgIds } : { all: true },
});

/** A service key with access to all customers, and its owner. */
export function toScript(key: SeededKey, staff: readonly SeededStaff[]): PastActor {
  const { id, name, email, role } = staff.find((person) => person.id === key.ownerId)!;
  const owner = { id, name, role };
  return {
    actor: {
      type: "service_key",
      id: key.id,
      name: key.name,
      email,
      role: null,
      keyPrefix: key.prefix,
      owner,
      maker: { id, name, email },
    },
    reach: { all: true },
  };
}

export const mayCancel = ({ role, state }: SeededStaff): boolean =>
  !state && ROLE_PERMISSIONS[role].includes("runs.cancel");

const BROWSERS = [
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Safari/605.1.15",
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/153.0.0.0 Safari/537.36",
  "Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0",
];

/** IP addresses reserved for documentation. */
export function makeContext({ type }: ActorSnapshot, random: Random): RequestContext {
  const requestId = newRequestId();
  return type === "service_key"
    ? { source: "api", ip: "198.51.100.24", userAgent: "support-automation/2.3 (node)", requestId }
    : {
        source: "dashboard",
        ip: `203.0.113.${random.int(10, 60)}`,
        userAgent: random.pick(BROWSERS),
        requestId,
      };
}
