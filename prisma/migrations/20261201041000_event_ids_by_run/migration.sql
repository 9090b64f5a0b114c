-- An event counts once for its run, so that one run's events can't make another's look like repetitions.
CREATE UNIQUE INDEX provider_events_counted_once_by_run ON provider_events (run_id, event_id) WHERE outcome <> 'duplicate';
DROP INDEX provider_events_counted_once;
