-- Checkpoints: signed notes that vouch for all chains at a position, and how far each place that keeps copies has them.

-- Keys -------------------------------------------------------------------------------------------------------------

-- What signatures are checked with. The keys that sign are known to the worker alone.
CREATE TABLE audit_keys (
  id BYTEA NOT NULL,
  verifier_key TEXT NOT NULL,
  first_used_at TIMESTAMPTZ(3) NOT NULL DEFAULT date_trunc('milliseconds', clock_timestamp()),
  CONSTRAINT audit_keys_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX audit_keys_verifier_key_key ON audit_keys (verifier_key);
ALTER TABLE audit_keys
  ADD CONSTRAINT audit_keys_id_of_key CHECK (
    verifier_key ~ '^[^[:space:]+]+\+[0-9a-f]{8}\+[A-Za-z0-9+/]{44}$'
    AND split_part(verifier_key, '+', 2) = encode(id, 'hex')
    AND id = substring(sha256(convert_to(split_part(verifier_key, '+', 1) || E'\n', 'UTF8')
      || decode(substring(verifier_key from '.{44}$'), 'base64')) from 1 for 4));
CREATE TRIGGER audit_keys_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_keys
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Checkpoints ------------------------------------------------------------------------------------------------------

-- The note is what counts: all else is read out of it, or compared with it.
CREATE TABLE audit_checkpoints (
  number BIGINT NOT NULL,
  position BIGINT NOT NULL,
  note TEXT NOT NULL,
  root BYTEA NOT NULL GENERATED ALWAYS AS (decode(split_part(note, E'\n', 3), 'base64')) STORED,
  orgs BIGINT NOT NULL GENERATED ALWAYS AS (substring(split_part(note, E'\n', 5) from '^orgs (\d+)$')::bigint) STORED,
  previous_hash BYTEA GENERATED ALWAYS AS (
    decode(substring(split_part(note, E'\n', 7) from '^previous ([A-Za-z0-9+/]{43}=)$'), 'base64')) STORED,
  created_at TIMESTAMPTZ(3) NOT NULL DEFAULT date_trunc('milliseconds', clock_timestamp()),
  CONSTRAINT audit_checkpoints_pkey PRIMARY KEY (number)
);
ALTER TABLE audit_checkpoints
  ADD CONSTRAINT audit_checkpoints_note CHECK (octet_length(root) = 32 AND starts_with(note,
    E'runflow-audit/v1\n' || position || E'\n' || encode(root, 'base64') || E'\ncheckpoint ' || number
    || E'\norgs ' || orgs || E'\ntime ' || split_part(split_part(note, E'\n', 6), ' ', 2)
    || E'\nprevious ' || coalesce(encode(previous_hash, 'base64'), '-') || E'\n\n— '));
-- For the proof of an entry: the first checkpoint after it.
CREATE INDEX audit_checkpoints_position_idx ON audit_checkpoints (position);

CREATE TRIGGER audit_checkpoints_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_checkpoints
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Whoever makes it, a checkpoint follows the one before, goes no way back, and vouches for nothing that is not sealed.
CREATE FUNCTION require_next_checkpoint() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  before record;
BEGIN
  SELECT position, sha256(convert_to(note, 'UTF8')) AS hash INTO before
    FROM public.audit_checkpoints WHERE number = NEW.number - 1;
  IF NEW.number < 1 OR (NEW.number > 1) <> FOUND OR NEW.previous_hash IS DISTINCT FROM before.hash
    OR NEW.position < coalesce(before.position, 0)
    OR NEW.position > coalesce((SELECT max(position) FROM public.audit_seals), 0) THEN
    RAISE EXCEPTION 'checkpoint % does not follow the one before it', NEW.number
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'audit_checkpoints_follow';
  END IF;
  PERFORM pg_notify('audit_checkpointed', NEW.number::text);
  RETURN NULL;
END $$;
CREATE TRIGGER audit_checkpoints_follow AFTER INSERT ON audit_checkpoints
  FOR EACH ROW EXECUTE FUNCTION require_next_checkpoint();

-- Copies -----------------------------------------------------------------------------------------------------------

-- What a target lacks, and since when it has what it has. A target is called by its place, without settings or secrets.
CREATE TABLE audit_checkpoint_publications (
  target TEXT NOT NULL,
  number BIGINT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  last_error TEXT,
  next_attempt_at TIMESTAMPTZ(3),
  published_at TIMESTAMPTZ(3),
  CONSTRAINT audit_checkpoint_publications_pkey PRIMARY KEY (target, number),
  CONSTRAINT audit_checkpoint_publications_number_fkey FOREIGN KEY (number) REFERENCES audit_checkpoints (number)
    ON DELETE RESTRICT ON UPDATE RESTRICT,
  CONSTRAINT audit_checkpoint_publications_published CHECK (published_at IS NULL OR next_attempt_at IS NULL)
);
CREATE INDEX audit_checkpoint_publications_number_idx ON audit_checkpoint_publications (number);
CREATE INDEX audit_checkpoint_publications_lacking_idx ON audit_checkpoint_publications (target, number)
  WHERE published_at IS NULL;
CREATE TRIGGER audit_checkpoint_publications_kept BEFORE DELETE OR TRUNCATE ON audit_checkpoint_publications
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_checkpoint_publications_final BEFORE UPDATE ON audit_checkpoint_publications
  FOR EACH ROW WHEN (OLD.published_at IS NOT NULL OR (NEW.target, NEW.number) <> (OLD.target, OLD.number))
  EXECUTE FUNCTION refuse_change();

-- Privileges -------------------------------------------------------------------------------------------------------

GRANT SELECT ON audit_keys, audit_checkpoints, audit_checkpoint_publications TO console_app;
GRANT INSERT (id, verifier_key) ON audit_keys TO console_worker;
GRANT INSERT (number, position, note) ON audit_checkpoints TO console_worker;
GRANT INSERT (target, number), UPDATE (attempts, last_error, next_attempt_at, published_at)
  ON audit_checkpoint_publications TO console_worker;
