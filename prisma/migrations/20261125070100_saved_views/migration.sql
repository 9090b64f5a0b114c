-- Lists of runs that people come back to: the address of the list under a name, for oneself or for the team.

CREATE TABLE "saved_views" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "owner_id" UUID NOT NULL,
    "scope" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "query" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT date_trunc('milliseconds'::text, now()),
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT date_trunc('milliseconds'::text, now()),

    CONSTRAINT "saved_views_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "saved_views_scope_idx" ON "saved_views"("scope");

ALTER TABLE "saved_views" ADD CONSTRAINT "saved_views_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "people"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Nobody tells two views of one person apart by capitals.
CREATE UNIQUE INDEX saved_views_owner_name_key ON saved_views (owner_id, lower(name));

ALTER TABLE saved_views
  ADD CONSTRAINT saved_views_scope CHECK (scope IN ('own', 'team')),
  ADD CONSTRAINT saved_views_name CHECK (char_length(name) BETWEEN 1 AND 60 AND name = btrim(name)),
  ADD CONSTRAINT saved_views_query CHECK (char_length(query) <= 16000);

GRANT SELECT, INSERT, DELETE ON saved_views TO console_app;
GRANT UPDATE (scope, name, query, updated_at) ON saved_views TO console_app;
