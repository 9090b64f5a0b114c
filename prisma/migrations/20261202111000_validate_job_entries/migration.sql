-- In a transaction of its own: it reads the whole trail, and others go on writing.
ALTER TABLE audit_entries VALIDATE CONSTRAINT audit_entries_action;
ALTER TABLE audit_entries VALIDATE CONSTRAINT audit_entries_target_type;
