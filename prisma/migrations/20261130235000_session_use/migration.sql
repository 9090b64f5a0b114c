-- A session also ends when nobody has used it for a while, and says where it was started.
ALTER TABLE "sessions"
  ADD COLUMN "last_used_at" TIMESTAMPTZ(3) NOT NULL DEFAULT date_trunc('milliseconds', now()),
  ADD COLUMN "ip" TEXT,
  ADD COLUMN "user_agent" TEXT;
ALTER TABLE sessions ADD CONSTRAINT sessions_bounded CHECK (
  length(coalesce(ip, '')) <= 100 AND length(coalesce(user_agent, '')) <= 400);
GRANT INSERT (ip, user_agent), UPDATE (last_used_at) ON sessions TO console_web;
