-- How far the trail has been forwarded to each endpoint that was ever configured, by its address.
CREATE TABLE audit_forwarding (
  target TEXT NOT NULL,
  position BIGINT NOT NULL DEFAULT 0,
  failures INTEGER NOT NULL DEFAULT 0,
  last_error TEXT,
  changed_at TIMESTAMPTZ(3) NOT NULL DEFAULT date_trunc('milliseconds', clock_timestamp()),
  CONSTRAINT audit_forwarding_pkey PRIMARY KEY (target),
  CONSTRAINT audit_forwarding_not_negative CHECK (position >= 0 AND failures >= 0)
);
-- What an endpoint has taken is never sent again, and nothing is passed over.
CREATE FUNCTION refuse_way_back() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'forwarding to % stands at %, not before', OLD.target, OLD.position
    USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'audit_forwarding_onward';
END $$;
CREATE TRIGGER audit_forwarding_onward BEFORE UPDATE ON audit_forwarding FOR EACH ROW
  WHEN (NEW.position < OLD.position OR NEW.target <> OLD.target) EXECUTE FUNCTION refuse_way_back();

GRANT SELECT ON audit_forwarding TO console_app;
GRANT INSERT (target), UPDATE (position, failures, last_error, changed_at) ON audit_forwarding TO console_worker;
