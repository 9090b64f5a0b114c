import { Logger, runOnce, type TaskList } from "graphile-worker";

export const quietLog = new Logger(() => () => {});

/** As in production. Without delays, graphile-worker ends before it has recorded what it did. */
export const RECORDED = { completeJobBatchDelay: 0, failJobBatchDelay: 0 };

/** Runs jobs that are due in this process, and returns once their ends are recorded. */
export const runDueJobs = (connectionString: string, taskList: TaskList): Promise<void> =>
  runOnce({
    connectionString,
    concurrency: 20,
    preset: { worker: RECORDED },
    logger: quietLog,
    noHandleSignals: true,
    taskList,
  });
