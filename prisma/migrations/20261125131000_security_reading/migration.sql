-- Attempts of one caller and from one address; most belong to neither in particular.
CREATE INDEX security_events_actor_idx ON security_events (actor_id, occurred_at DESC, id DESC) WHERE actor_id IS NOT NULL;
CREATE INDEX security_events_ip_idx ON security_events (ip, occurred_at DESC, id DESC) WHERE ip IS NOT NULL;
