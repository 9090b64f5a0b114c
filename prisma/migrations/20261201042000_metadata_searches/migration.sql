-- People who compare metadata, which lists mask, leave an entry.
-- The list of actions is the one that stands, with more.
DO $$
DECLARE
  known text := (SELECT pg_get_constraintdef(oid) FROM pg_constraint
    WHERE conname = 'audit_entries_action' AND conrelid = 'audit_entries'::regclass);
BEGIN
  ALTER TABLE audit_entries DROP CONSTRAINT audit_entries_action;
  EXECUTE 'ALTER TABLE audit_entries ADD CONSTRAINT audit_entries_action '
    || replace(known, '''run.payload_revealed''::text', '''run.payload_revealed''::text, ''metadata.compared''::text');
END $$;
