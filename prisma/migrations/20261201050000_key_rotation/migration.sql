-- A rotated key has a successor, and ends after the overlap.
ALTER TABLE "api_keys" ADD COLUMN "rotated_to" UUID;
CREATE UNIQUE INDEX "api_keys_rotated_to_key" ON "api_keys"("rotated_to");
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_rotated_to_fkey"
  FOREIGN KEY ("rotated_to") REFERENCES "api_keys"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE api_keys ADD CONSTRAINT api_keys_rotated_ends CHECK (
  rotated_to IS NULL OR (rotated_to <> id AND expires_at IS NOT NULL));

-- The web server moves a key's end only to an earlier time, and only to rotate it. A key is rotated once.
CREATE FUNCTION refuse_key_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'key % can be rotated once, which can only bring its end forward', OLD.id
    USING ERRCODE = 'insufficient_privilege', CONSTRAINT = TG_NAME;
END $$;
CREATE TRIGGER api_keys_rotated_once BEFORE UPDATE ON api_keys FOR EACH ROW
  WHEN (OLD.rotated_to IS NOT NULL AND NEW.rotated_to IS DISTINCT FROM OLD.rotated_to)
  EXECUTE FUNCTION refuse_key_change();
CREATE TRIGGER api_keys_end_by_rotation BEFORE UPDATE ON api_keys FOR EACH ROW
  WHEN (NEW.expires_at IS DISTINCT FROM OLD.expires_at AND NOT acts_as_owner()
    AND (NEW.rotated_to IS NULL OR OLD.rotated_to IS NOT NULL OR NEW.expires_at IS NULL
      OR NEW.expires_at > coalesce(OLD.expires_at, 'infinity')))
  EXECUTE FUNCTION refuse_key_change();
CREATE CONSTRAINT TRIGGER api_keys_rotated_with_entry AFTER UPDATE ON api_keys
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.rotated_to IS DISTINCT FROM OLD.rotated_to AND NOT acts_as_owner())
  EXECUTE FUNCTION require_entry('key.rotated');
GRANT UPDATE (rotated_to, expires_at) ON api_keys TO console_web;
-- The worker warns no owner of the end of a rotated key.
GRANT SELECT (rotated_to) ON api_keys TO console_worker;

-- The known actions, with one more.
DO $$
DECLARE
  known text := (SELECT pg_get_constraintdef(oid) FROM pg_constraint
    WHERE conname = 'audit_entries_action' AND conrelid = 'audit_entries'::regclass);
BEGIN
  ALTER TABLE audit_entries DROP CONSTRAINT audit_entries_action;
  EXECUTE 'ALTER TABLE audit_entries ADD CONSTRAINT audit_entries_action '
    || replace(known, '''key.created''::text', '''key.created''::text, ''key.rotated''::text');
END $$;

-- The entry of a rotation needs a rotation: an old key that ends within the longest overlap.
CREATE FUNCTION require_rotation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM public.api_keys k WHERE k.id = NEW.target_id AND public.is_written_here(k.xmin)
      AND k.rotated_to = (NEW.meta ->> 'rotated_to')::uuid AND k.expires_at <= NEW.occurred_at + interval '7 days'
  ) THEN
    RAISE EXCEPTION 'nothing in this transaction is the rotation of key %', NEW.target_id
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'audit_entries_with_deed';
  END IF;
  RETURN NULL;
END $$;
DROP TRIGGER audit_entries_with_deed ON audit_entries;
CREATE CONSTRAINT TRIGGER audit_entries_with_deed AFTER INSERT ON audit_entries
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN ((NEW.action = 'run.cancelled' OR NEW.target_type IN ('key', 'person', 'session')) AND NEW.action <> 'key.rotated'
    AND NOT acts_as_owner())
  EXECUTE FUNCTION require_deed();
CREATE CONSTRAINT TRIGGER audit_entries_with_rotation AFTER INSERT ON audit_entries
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.action = 'key.rotated' AND NOT acts_as_owner())
  EXECUTE FUNCTION require_rotation();
