-- An action that is rare, or that nobody did yet, is found without a walk through the whole trail.
CREATE INDEX "audit_entries_action_occurred_at_id_idx" ON "audit_entries"("action", "occurred_at" DESC, "id" DESC);
