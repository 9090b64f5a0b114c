-- After the migration before: reads all entries, without keeping writers waiting.
ALTER TABLE audit_entries VALIDATE CONSTRAINT audit_entries_action;
