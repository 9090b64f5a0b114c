-- Whose service key it was, as they were at that moment. Entries from before have no owner, and keep their hash.
ALTER TABLE audit_entries
  ADD COLUMN actor_owner_id UUID,
  ADD COLUMN actor_owner_name TEXT,
  ADD COLUMN actor_owner_role TEXT;
ALTER TABLE audit_entries ADD CONSTRAINT audit_entries_owner_of_service_key CHECK (
  (actor_owner_id IS NULL AND actor_owner_name IS NULL AND actor_owner_role IS NULL)
  OR (actor_owner_id IS NOT NULL AND actor_owner_name IS NOT NULL AND actor_type = 'service_key'));
GRANT INSERT (actor_owner_id, actor_owner_name, actor_owner_role) ON audit_entries TO console_app;
