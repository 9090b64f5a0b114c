-- Keys are made and revoked through the API, each time with an entry.
ALTER TABLE audit_entries DROP CONSTRAINT audit_entries_action;
ALTER TABLE audit_entries
  ADD CONSTRAINT audit_entries_action CHECK (action IN ('run.cancelled', 'run.payload_revealed',
    'webhook.created', 'webhook.updated', 'webhook.deleted', 'webhook.tested',
    'callback_secret.created', 'callback_secret.promoted', 'callback_secret.disabled', 'delivery.redelivered',
    'model.updated', 'view.created', 'view.updated', 'view.deleted', 'session.started', 'session.ended',
    'audit.exported', 'audit.checkpoint_requested', 'audit.month_retired',
    'key.created', 'key.revoked')),
  -- Nobody's work is stopped without saying why.
  ADD CONSTRAINT audit_entries_revocation_has_reason CHECK (action <> 'key.revoked' OR meta ->> 'reason' IS NOT NULL);

-- A revoked key stays as it was when it was revoked.
CREATE FUNCTION refuse_change_of_revoked_key() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'key % is revoked: that is final', OLD.id
    USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'api_keys_revoked_is_final';
END $$;

CREATE TRIGGER api_keys_revoked_is_final BEFORE UPDATE ON api_keys FOR EACH ROW
  WHEN (OLD.revoked_at IS NOT NULL AND NEW IS DISTINCT FROM OLD)
  EXECUTE FUNCTION refuse_change_of_revoked_key();

-- Nor is a key revoked without the entry that says who did it: checked when the transaction commits, whoever wrote the
-- change.
CREATE FUNCTION require_revocation_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM public.audit_entries
    WHERE target_id = NEW.id AND action = 'key.revoked' AND occurred_at = NEW.revoked_at
  ) THEN
    RAISE EXCEPTION 'key % was revoked without an audit entry', NEW.id
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'api_keys_revoked_with_entry';
  END IF;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER api_keys_revoked_with_entry AFTER UPDATE ON api_keys
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.revoked_at IS NOT NULL AND OLD.revoked_at IS NULL)
  EXECUTE FUNCTION require_revocation_entry();

-- The web server makes keys, and changes nothing of one but its end. When it was made is the database's to say.
GRANT INSERT (id, kind, name, prefix, hash, owner_id, org_id, scopes, reaches_all_orgs, expires_at) ON api_keys
  TO console_web;
GRANT UPDATE (revoked_at) ON api_keys TO console_web;

-- Its reach comes with it, in the transaction that makes it: nobody can widen that of a key that is there already.
CREATE FUNCTION give_reach(new_key_id uuid, org_ids uuid[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO key_reach (key_id, org_id)
  SELECT k.id, reached.org_id FROM api_keys k, unnest(org_ids) reached (org_id)
  WHERE k.id = new_key_id AND k.kind = 'service' AND NOT k.reaches_all_orgs
    AND k.created_at = date_trunc('milliseconds', now());
  IF NOT FOUND THEN
    RAISE EXCEPTION 'key % is none that is being made, or takes no reach', new_key_id
      USING ERRCODE = 'insufficient_privilege';
  END IF;
END $$;
REVOKE ALL ON FUNCTION give_reach FROM PUBLIC;
GRANT EXECUTE ON FUNCTION give_reach TO console_web;
