-- Who made a password link could use it. Null for a link made on the server, and for earlier ones.
ALTER TABLE "password_links" ADD COLUMN "created_by" UUID;
ALTER TABLE "password_links" ADD CONSTRAINT "password_links_created_by_fkey" FOREIGN KEY ("created_by") REFERENCES "people"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE INDEX "password_links_created_by_idx" ON "password_links"("created_by");
GRANT UPDATE (created_by) ON password_links TO console_web;

-- Tells a person that their password was set through a link, until they dismiss it.
CREATE TABLE "password_notices" (
    "person_id" UUID NOT NULL,
    "set_at" TIMESTAMPTZ(3) NOT NULL,
    "link_made_by" UUID,
    "dismissed_at" TIMESTAMPTZ(3),

    CONSTRAINT "password_notices_pkey" PRIMARY KEY ("person_id")
);
ALTER TABLE "password_notices" ADD CONSTRAINT "password_notices_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "people"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "password_notices" ADD CONSTRAINT "password_notices_link_made_by_fkey" FOREIGN KEY ("link_made_by") REFERENCES "people"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
GRANT SELECT, INSERT, UPDATE (set_at, link_made_by, dismissed_at) ON password_notices TO console_web;

-- The list of actions is the one that stands, with more.
DO $$
DECLARE
  known text := (SELECT pg_get_constraintdef(oid) FROM pg_constraint
    WHERE conname = 'audit_entries_action' AND conrelid = 'audit_entries'::regclass);
BEGIN
  ALTER TABLE audit_entries DROP CONSTRAINT audit_entries_action;
  EXECUTE 'ALTER TABLE audit_entries ADD CONSTRAINT audit_entries_action '
    || replace(known, '''person.invited''::text', '''person.invited''::text, ''person.link_closed''::text');
END $$;
