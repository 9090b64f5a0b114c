-- A customer's key is not one of ours: what it did is put down to an inference key from now on.
ALTER TABLE audit_entries DROP CONSTRAINT audit_entries_actor_type;
ALTER TABLE audit_entries
  ADD CONSTRAINT audit_entries_actor_type CHECK (actor_type IN ('user', 'service_key', 'inference_key', 'system'));
