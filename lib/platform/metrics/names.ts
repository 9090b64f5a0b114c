/** Every metric that we define. Dashboards and alert rules use these names; labels have few values. */
export const METRICS = {
  runflow_http_requests_total:
    "Requests by operation and status; `none` for paths and methods that don't exist.",
  runflow_http_request_duration_seconds: "Time to the response's head, by operation.",
  runflow_cancellations_total:
    "Cancels by outcome: canceled, unchanged, refused, conflict; bulk ones in the worker.",
  runflow_races_lost_total: "Cancels whose run another party had ended within the two seconds before.",
  runflow_jobs_waiting: "Jobs that are due and not taken, by task.",
  runflow_oldest_job_age_seconds: "How long the oldest such job has been due, by task; 0 for none.",
  runflow_jobs_failed: "Jobs that used up their attempts, by task.",
  runflow_jobs_locked: "Jobs that a worker has taken, by task.",
  runflow_seal_lag_seconds: "Age of the oldest unsealed audit entry; 0 for none.",
  runflow_unsealed_entries: "Audit entries that are not sealed.",
  runflow_forward_lag_seconds:
    "How long the next entry to forward has been sealed, by destination; 0 for none.",
  runflow_last_checkpoint_age_seconds: "Age of the newest checkpoint, which also grows without new entries.",
  runflow_checkpoint_lag_seconds:
    "How long the oldest entry without a checkpoint has been sealed; 0 for none.",
  runflow_deliveries_waiting: "Deliveries that are neither delivered nor given up.",
  runflow_endpoints_paused: "Customers' endpoints that are paused after failures.",
  runflow_stuck_alerts_open: "Runs that are stuck, up to 500.",
  runflow_process_up: "Processes with a heartbeat within the last minute, by kind.",
  runflow_migrations_pending: "Migrations that this version has and the database lacks.",
  runflow_database_up: "Whether the values from the database could be read at this scrape.",
  runflow_db_pool_connections: "Database connections of this process by pool and state: used, idle, waiting.",
  runflow_build_info: "1, with the version and the revision of this process.",
} as const;
export type MetricName = keyof typeof METRICS;
