-- Leader election: who may do what one worker at a time does. A lease in a row, unlike an advisory lock, ends while its
-- holder is frozen or cut off, and only the worker's role can take it. The epoch is a fencing token: it grows with every
-- change of leader, so that a former leader's statements can be told from the leader's.
CREATE TABLE leaderships (
  name TEXT NOT NULL,
  epoch BIGINT NOT NULL,
  -- The session that the leader works on. Once that is gone nobody needs to wait for the lease to end.
  session_pid INTEGER NOT NULL,
  expires_at TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT leaderships_pkey PRIMARY KEY (name),
  CONSTRAINT leaderships_epoch CHECK (epoch > 0)
);
CREATE FUNCTION refuse_past_epoch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the leadership "%" is at epoch %', OLD.name, OLD.epoch
    USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'leaderships_onward';
END $$;
CREATE TRIGGER leaderships_onward BEFORE UPDATE ON leaderships FOR EACH ROW
  WHEN (NEW.epoch < OLD.epoch OR NEW.name <> OLD.name) EXECUTE FUNCTION refuse_past_epoch();

GRANT SELECT ON leaderships TO console_app;
GRANT INSERT, UPDATE (epoch, session_pid, expires_at) ON leaderships TO console_worker;

-- Liveness of the queue's workers: the jobs of one that stopped showing itself are given back.
CREATE TABLE worker_heartbeats (
  -- The queue's name for the worker, as jobs are locked by it.
  id TEXT NOT NULL,
  -- For people: the host, and the process there.
  process TEXT NOT NULL,
  beat_at TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT worker_heartbeats_pkey PRIMARY KEY (id)
);

GRANT SELECT ON worker_heartbeats TO console_app;
GRANT INSERT, UPDATE (beat_at), DELETE ON worker_heartbeats TO console_worker;
