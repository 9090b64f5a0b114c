import type { ProviderEventBody } from "@/lib/contract/provider";
import type { Db } from "@/lib/platform/db/client";
import { newRequestId } from "@/lib/platform/http/request-id";
import { stringifyJson } from "@/lib/platform/json/json";
import { applyProviderEvent } from "@/lib/runs/apply-provider-event";
import { cancelRun } from "@/lib/runs/cancel-run";
import type { RequestContext } from "@/lib/states/audit-entry";
import { type Caller, reaches } from "@/lib/states/caller";
import { ADMIN_SCOPE, ROLE_PERMISSIONS } from "@/lib/states/permissions";
import type { SeededKey } from "./keys";
import type { SeededStaff } from "./people";
import type { Random } from "./random";
import { makeReason } from "./reasons";
import type { SeededModel, SeededRun } from "./runs";
import { makeCost, makeOutput } from "./work";

type Cast = { staff: SeededStaff[]; adminKey: SeededKey; models: SeededModel[] };

const AT_ONCE = 4;

/**
 * Cancels each run as the console or a script would, through the verb itself: the trail's entries are real ones, of the
 * moment of seeding. For some, the provider then reports an end that comes too late.
 */
export async function cancelDoomed(db: Db, runs: SeededRun[], cast: Cast, random: Random): Promise<void> {
  const callers = makeCallers(cast);
  const tasks = runs.map((run) => {
    const able = callers.filter(({ reach }) => reaches(reach, String(run.org_id)));
    const caller = random.weighted(
      able.map((one) => ({ one, weight: one.kind === "service" ? 0.5 : 1 })),
    ).one;
    const reason =
      caller.kind === "service" && random.chance(0.2)
        ? null
        : makeReason(run.status_code, Date.now() - run.created_at.getTime(), random);
    const context = makeContext(caller, random);
    const lateEvent =
      run.status_code !== "queued" && random.chance(0.6)
        ? makeLateEvent(run, cast.models, random)
        : undefined;
    return async () => {
      await cancelRun(db, caller, { runId: run.id, reason, context });
      if (lateEvent) await applyProviderEvent(db, { runId: run.id, ...lateEvent });
    };
  });
  const work = async (): Promise<void> => {
    for (let task = tasks.shift(); task; task = tasks.shift()) await task();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

function makeLateEvent(run: SeededRun, models: SeededModel[], random: Random) {
  const model = models.find(({ id }) => id === run.model_id)!;
  const event: ProviderEventBody = {
    event_id: `evt_${random.hex(24)}`,
    status_code: random.chance(0.85) ? "succeeded" : "failed",
    occurred_at: new Date().toISOString(),
    cost: makeCost(model, random),
  };
  if (event.status_code === "succeeded") event.output = makeOutput(model, {}, 1, random);
  else event.failure_code = "provider_timeout";
  return { event, body: stringifyJson(event) };
}

/** Everyone who may cancel, as the HTTP wrapper would hand them over; two fifths of the work is the first three's. */
function makeCallers({ staff, adminKey }: Cast): Caller[] {
  const people = staff.filter(({ role, state }) => !state && ROLE_PERMISSIONS[role].includes("runs.cancel"));
  const owner = staff.find(({ id }) => id === adminKey.ownerId)!;
  const person = ({ id, name, email }: SeededStaff) => ({ id, name, email, isVerified: true });
  const service: Caller = {
    kind: "service",
    credentialId: adminKey.id,
    person: person(owner),
    actor: {
      type: "service_key",
      id: adminKey.id,
      name: adminKey.name,
      email: owner.email,
      role: null,
      keyPrefix: adminKey.prefix,
      owner: { id: owner.id, name: owner.name, role: owner.role },
    },
    scopes: [ADMIN_SCOPE],
    permissions: new Set(ROLE_PERMISSIONS[owner.role]),
    reach: { all: true },
    isAdmitted: true,
  };
  return people.map(toSessionCaller).concat(service);
}

const toSessionCaller = ({ id, name, email, role, orgIds }: SeededStaff): Caller => ({
  kind: "session",
  credentialId: id,
  person: { id, name, email, isVerified: true },
  actor: { type: "user", id, name, email, role, keyPrefix: null },
  scopes: null,
  permissions: new Set(ROLE_PERMISSIONS[role]),
  reach: orgIds ? { all: false, orgIds } : { all: true },
  isAdmitted: true,
});

const BROWSERS = [
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Safari/605.1.15",
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/153.0.0.0 Safari/537.36",
  "Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0",
];

/** Addresses from the blocks that are kept for documentation. */
function makeContext({ kind }: Caller, random: Random): RequestContext {
  const requestId = newRequestId();
  return kind === "service"
    ? { source: "api", ip: "198.51.100.24", userAgent: "support-automation/2.3 (node)", requestId }
    : {
        source: "dashboard",
        ip: `203.0.113.${random.int(10, 60)}`,
        userAgent: random.pick(BROWSERS),
        requestId,
      };
}
