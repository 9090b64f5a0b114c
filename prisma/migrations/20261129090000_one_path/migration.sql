-- A cancel queues nothing of its own any more: its entry is sealed and its deliveries are sent by the triggers of the same
-- transaction. Callers are read for each request, so nothing needs a key's version.

-- On a new database the queue's schema comes after these migrations.
DO $$
BEGIN
  IF to_regclass('graphile_worker._private_jobs') IS NOT NULL THEN
    DELETE FROM graphile_worker._private_jobs AS job USING graphile_worker._private_tasks AS task
    WHERE task.id = job.task_id AND task.identifier = 'run_cancelled';
  END IF;
END $$;

DROP TABLE handled_effects;
DROP FUNCTION key_version(uuid);
