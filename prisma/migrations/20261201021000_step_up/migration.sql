-- When the person of a session last proved who they are: at the sign-in, or later by their password.
ALTER TABLE "sessions"
  ADD COLUMN "authenticated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT date_trunc('milliseconds', now());
UPDATE sessions SET authenticated_at = created_at;
GRANT UPDATE (authenticated_at) ON sessions TO console_web;
