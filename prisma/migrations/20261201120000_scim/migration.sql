-- SCIM: an identity provider makes people before they sign in, so before their subject is known, and deactivates them.
ALTER TABLE "identities"
  ALTER COLUMN "subject" DROP NOT NULL,
  ADD COLUMN "external_id" TEXT,
  ADD COLUMN "user_name" TEXT,
  ADD COLUMN "is_deactivated" BOOLEAN NOT NULL DEFAULT false;
CREATE UNIQUE INDEX "identities_issuer_external_id_key" ON "identities"("issuer", "external_id");
CREATE UNIQUE INDEX identities_user_name_idx ON identities (issuer, lower(user_name)) WHERE user_name IS NOT NULL;
ALTER TABLE identities
  ADD CONSTRAINT identities_scim_bounded CHECK (
    length(coalesce(external_id, '')) <= 255 AND length(coalesce(user_name, '')) <= 255),
  ADD CONSTRAINT identities_known_somehow CHECK (subject IS NOT NULL OR user_name IS NOT NULL);

GRANT INSERT (external_id, user_name, is_deactivated), UPDATE (external_id, user_name, is_deactivated) ON identities TO console_web;
