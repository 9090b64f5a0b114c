import { sealEntries } from "@/lib/audit/sealing/seal-entries";
import type { Db } from "@/lib/platform/db/client";
import { SEALER } from "./lease";
import { runAsLeader } from "./run-as-leader";

const BATCH = 1_000;
/** Between two checks, in case a commit wasn't announced. */
const LOOK_MS = 200;

type Sealer = { db: Db; databaseUrl: string; stop: AbortSignal; late?: AbortSignal };

/** Seals entries as soon as they commit. Runs in one worker. */
export function runSealer({ db, databaseUrl, ...signals }: Sealer): Promise<void> {
  const passedOver = new Set<string>();
  return runAsLeader({
    databaseUrl,
    db,
    name: SEALER,
    does: "seals the audit trail",
    channel: "audit_written",
    // Forces index lookups. A plan from when the tables were small would scan them until the next ANALYZE.
    settings: { enable_seqscan: "off", enable_hashjoin: "off", enable_mergejoin: "off" },
    ...signals,
    stepTimeoutMs: 20_000,
    step: async (client, fence) => ((await sealEntries(client, BATCH, passedOver, fence)) > 0 ? 0 : LOOK_MS),
  });
}
