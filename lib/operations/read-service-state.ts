import type { ServiceState } from "@/lib/contract/service-state";
import { formatTimestamp } from "@/lib/contract/values";
import type { Db } from "@/lib/platform/db/client";
import { countStuckRuns } from "@/lib/runs/count-stuck-runs";
import { findProblems } from "./find-problems";
import { readCheckpoint } from "./read-checkpoint";
import { readDeliveries } from "./read-deliveries";
import { readForwarding } from "./read-forwarding";
import { readMigrations } from "./read-migrations";
import { readProcesses } from "./read-processes";
import { readQueues } from "./read-queues";
import { readSealing } from "./read-sealing";

/** The state of the whole service. One query after another: together they would take the whole list pool. */
export async function readServiceState(db: Db): Promise<ServiceState> {
  const [clock] = await db.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`;
  const state = {
    taken_at: formatTimestamp(clock!.now),
    queues: await readQueues(db),
    sealing: await readSealing(db),
    forwarding: await readForwarding(db),
    checkpoint: await readCheckpoint(db),
    deliveries: await readDeliveries(db),
    stuck_runs: await countStuckRuns(db, { all: true }),
    processes: await readProcesses(db),
    migrations: await readMigrations(db),
  };
  return { ...state, problems: findProblems(state) };
}
