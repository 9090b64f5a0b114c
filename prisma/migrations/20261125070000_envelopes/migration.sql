-- What a model typically takes, kept by a job from the last days' successes, and from when a run counts as stuck.

CREATE TABLE "model_envelopes" (
    "model_id" UUID NOT NULL,
    "samples" INTEGER NOT NULL,
    "p50_ms" INTEGER NOT NULL,
    "p95_ms" INTEGER NOT NULL,
    "p99_ms" INTEGER NOT NULL,
    "from_ms" INTEGER NOT NULL,
    "to_ms" INTEGER NOT NULL,
    "density" INTEGER[],
    "computed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "model_envelopes_pkey" PRIMARY KEY ("model_id")
);

ALTER TABLE "models" ADD COLUMN "stuck_factor" DECIMAL(4,1) NOT NULL DEFAULT 2;

ALTER TABLE "model_envelopes" ADD CONSTRAINT "model_envelopes_model_id_fkey" FOREIGN KEY ("model_id") REFERENCES "models"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Rules --------------------------------------------------------------------------------------------------------------

ALTER TABLE model_envelopes
  ADD CONSTRAINT model_envelopes_figures CHECK (
    samples > 0 AND 0 < p50_ms AND p50_ms <= p95_ms AND p95_ms <= p99_ms AND 0 < from_ms AND from_ms < to_ms);
-- Below the p95 itself every twentieth run would count as stuck.
ALTER TABLE models ADD CONSTRAINT models_stuck_factor CHECK (stuck_factor BETWEEN 1 AND 100);

-- The last days' successes with all that the job reads of them, so that it never touches the wide rows of the runs.
CREATE INDEX runs_succeeded_idx ON runs (completed_at) INCLUDE (model_id, duration_ms) WHERE status_code = 'succeeded';
-- Of one model the oldest run has the worst ratio: the worst of all are among the first of each model.
CREATE INDEX runs_non_terminal_model_idx ON runs (model_id, created_at) WHERE NOT is_terminal(status_code);

-- Audit: a model is the platform's, so the entry's organization is the nil UUID ----------------------------------------

ALTER TABLE audit_entries DROP CONSTRAINT audit_entries_action, DROP CONSTRAINT audit_entries_target_type;
ALTER TABLE audit_entries
  ADD CONSTRAINT audit_entries_action CHECK (action IN ('run.cancelled',
    'webhook.created', 'webhook.updated', 'webhook.deleted', 'webhook.tested',
    'callback_secret.created', 'callback_secret.promoted', 'callback_secret.disabled', 'delivery.redelivered',
    'model.updated')),
  ADD CONSTRAINT audit_entries_target_type CHECK (
    target_type IN ('run', 'webhook', 'callback_secret', 'delivery', 'model'));

-- Privileges ---------------------------------------------------------------------------------------------------------

GRANT SELECT, INSERT, UPDATE, DELETE ON model_envelopes TO console_app;
GRANT UPDATE (stuck_factor) ON models TO console_app;
