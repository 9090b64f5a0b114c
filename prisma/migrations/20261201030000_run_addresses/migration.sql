-- The client's address that created a run. Nullable without a default, so that no row is rewritten.
ALTER TABLE "runs" ADD COLUMN "created_ip" TEXT;
GRANT INSERT (created_ip) ON runs TO console_web;
