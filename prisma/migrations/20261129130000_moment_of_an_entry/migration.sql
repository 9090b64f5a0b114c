-- The moment of an entry is for the database's clock to say, as it is where a statement writes the entry beside its change.
ALTER TABLE audit_entries ALTER COLUMN occurred_at SET DEFAULT date_trunc('milliseconds', clock_timestamp());
