-- Pages poll for the runs that they show (decision 034), so changes of runs are no longer announced.
DROP TRIGGER runs_announced_new ON runs;
DROP TRIGGER runs_announced ON runs;
DROP TRIGGER provider_events_announced ON provider_events;
DROP FUNCTION announce_runs();
DROP FUNCTION announce_late_report();
DROP FUNCTION announce(text);
DROP SEQUENCE runs_unannounced;
