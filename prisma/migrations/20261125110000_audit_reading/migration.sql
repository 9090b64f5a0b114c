-- An action that is rare, or that nobody did yet, is found without a walk through the whole trail.
CREATE INDEX "audit_entries_action_occurred_at_id_idx" ON "audit_entries"("action", "occurred_at" DESC, "id" DESC);

-- Attempts of one caller and from one address; most belong to neither in particular.
CREATE INDEX security_events_actor_idx ON security_events (actor_id, occurred_at DESC, id DESC) WHERE actor_id IS NOT NULL;
CREATE INDEX security_events_ip_idx ON security_events (ip, occurred_at DESC, id DESC) WHERE ip IS NOT NULL;
