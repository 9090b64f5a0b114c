-- When the identity provider of a session was last asked about its person, and the sealed token to ask it with.
CREATE TABLE "session_checks" (
    "session_id" UUID NOT NULL,
    "refresh_token" BYTEA,
    "checked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT date_trunc('milliseconds', now()),
    "attempted_at" TIMESTAMPTZ(3) NOT NULL DEFAULT date_trunc('milliseconds', now()),
    "checking_until" TIMESTAMPTZ(3),

    CONSTRAINT "session_checks_pkey" PRIMARY KEY ("session_id")
);
ALTER TABLE "session_checks" ADD CONSTRAINT "session_checks_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "sessions"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE session_checks ADD CONSTRAINT session_checks_bounded CHECK (length(refresh_token) <= 20000);
CREATE INDEX session_checks_with_token_idx ON session_checks (session_id) WHERE refresh_token IS NOT NULL;

-- The token of an ended session is of no more use to anyone.
CREATE FUNCTION forget_refresh_token() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE public.session_checks SET refresh_token = NULL WHERE session_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER sessions_forget_refresh_token AFTER UPDATE ON sessions FOR EACH ROW
  WHEN (NEW.ended_at IS NOT NULL AND OLD.ended_at IS NULL) EXECUTE FUNCTION forget_refresh_token();

GRANT SELECT, INSERT (session_id, refresh_token),
  UPDATE (refresh_token, checked_at, attempted_at, checking_until) ON session_checks TO console_web;
