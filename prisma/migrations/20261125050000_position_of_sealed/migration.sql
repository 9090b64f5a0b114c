-- Only sealed entries have a position: an entry that is just written need not be in this index yet.
DROP INDEX audit_entries_position_key;
CREATE UNIQUE INDEX audit_entries_position_key ON audit_entries (position) WHERE position IS NOT NULL;
