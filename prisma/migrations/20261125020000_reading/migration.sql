-- Each order of the runs list follows an index, so that page 1,000 costs what page 1 costs. Only rows that have the
-- value are in it: a run on its way writes to none of these but the first, and only once it has started.
CREATE INDEX runs_started_at_id_idx ON runs (started_at, id) WHERE started_at IS NOT NULL;
CREATE INDEX runs_completed_at_id_idx ON runs (completed_at, id) WHERE completed_at IS NOT NULL;
CREATE INDEX runs_duration_ms_id_idx ON runs (duration_ms, id) WHERE duration_ms IS NOT NULL;
CREATE INDEX runs_cost_id_idx ON runs (cost, id) WHERE cost IS NOT NULL;

-- "Which runs did this ticket cancel?" Not partial: the planner would not use the statistics of a partial index, take
-- every ticket for a frequent one, and search the trail from its newest end instead.
CREATE INDEX audit_entries_ticket_idx ON audit_entries ((meta ->> 'ticket'), occurred_at DESC, id DESC);

-- Most refusals belong to no organization; those that do are few, and are all that a limited reach may see.
CREATE INDEX security_events_org_idx ON security_events (org_id, occurred_at DESC, id DESC) WHERE org_id IS NOT NULL;
