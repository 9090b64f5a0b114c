-- A plan keeps the customer that it was limited to. Plans from before don't know it.
ALTER TABLE "cancellation_batches" ADD COLUMN "org_id" UUID;
GRANT INSERT (org_id) ON cancellation_batches TO console_web;
