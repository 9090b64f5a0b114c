import type { Me } from "@/lib/contract/identity";
import type { Caller } from "@/lib/states/caller";

const KINDS = { session: "session", service: "service_key", inference: "inference_key" } as const;

/** The caller in the form of `GET /v1/auth/me`. */
export function describeCaller({ kind, actor, person, scopes, permissions, reach }: Caller): Me {
  return {
    kind: KINDS[kind],
    id: actor.id,
    name: actor.name,
    email: actor.email,
    key_prefix: actor.keyPrefix,
    owner: { id: person.id, name: person.name, email: person.email },
    role: actor.role,
    scopes: scopes && [...scopes],
    permissions: [...permissions],
    reach: reach.all ? { all: true, org_ids: null } : { all: false, org_ids: [...reach.orgIds] },
  };
}
