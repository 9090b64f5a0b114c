import { sealEntries } from "@/lib/audit/sealing/seal-entries";
import { runAsLeader } from "./run-as-leader";

const BATCH = 1_000;
/** Between two looks, should a commit not be announced. */
const LOOK_MS = 200;

/** Seals whatever is committed, as soon as it is; of all workers one does. */
export function runSealer(databaseUrl: string, stop: AbortSignal): Promise<void> {
  const passedOver = new Set<string>();
  return runAsLeader({
    databaseUrl,
    name: "seals the audit trail",
    lock: 7_020_020_261_127n,
    channel: "audit_written",
    // Every row is found by its key. A plan made while the tables were small would read them whole until the next ANALYZE.
    settings: { enable_seqscan: "off", enable_hashjoin: "off", enable_mergejoin: "off" },
    stop,
    step: async (client) => ((await sealEntries(client, BATCH, passedOver)) > 0 ? 0 : LOOK_MS),
  });
}
