-- The client's address of a key's last use, recorded with its time.
ALTER TABLE "api_keys" ADD COLUMN "last_used_ip" TEXT;
GRANT UPDATE (last_used_ip) ON api_keys TO console_web;
