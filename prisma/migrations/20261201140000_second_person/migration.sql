-- Four eyes: some actions need the approval of a second person, who is never the requester.
ALTER TABLE "organizations" ADD COLUMN "is_protected" BOOLEAN NOT NULL DEFAULT false;

CREATE TABLE "approvals" (
    "id" UUID NOT NULL DEFAULT uuidv7(),
    "kind" TEXT NOT NULL,
    "target_id" TEXT NOT NULL,
    "target_label" TEXT NOT NULL,
    "org_ids" UUID[],
    "detail" JSONB NOT NULL DEFAULT '{}',
    "reason" TEXT NOT NULL,
    "requester_id" UUID NOT NULL,
    "requester" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT date_trunc('milliseconds'::text, now()),
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "decision" TEXT,
    "decider_id" UUID,
    "decider" JSONB,
    "decided_at" TIMESTAMPTZ(3),
    "decision_note" TEXT,
    "withdrawn_at" TIMESTAMPTZ(3),
    "used_at" TIMESTAMPTZ(3),
    CONSTRAINT "approvals_pkey" PRIMARY KEY ("id"),
    CONSTRAINT approvals_kind CHECK (kind IN ('run.cancel', 'batch.start', 'person.grant_admin', 'organization.unprotect')),
    CONSTRAINT approvals_reason CHECK (length(reason) BETWEEN 3 AND 500),
    CONSTRAINT approvals_note CHECK (length(decision_note) BETWEEN 3 AND 500),
    CONSTRAINT approvals_decision CHECK (decision IN ('approved', 'refused')),
    CONSTRAINT approvals_decided CHECK ((decision IS NULL) = (decider_id IS NULL)
      AND (decision IS NULL) = (decider IS NULL) AND (decision IS NULL) = (decided_at IS NULL)),
    CONSTRAINT approvals_second_person CHECK (decider_id <> requester_id),
    CONSTRAINT approvals_withdrawn CHECK (withdrawn_at IS NULL OR used_at IS NULL),
    CONSTRAINT approvals_used CHECK (used_at IS NULL OR decision IS NOT DISTINCT FROM 'approved')
);
ALTER TABLE "approvals" ADD CONSTRAINT "approvals_requester_id_fkey"
  FOREIGN KEY ("requester_id") REFERENCES "people"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "approvals" ADD CONSTRAINT "approvals_decider_id_fkey"
  FOREIGN KEY ("decider_id") REFERENCES "people"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE INDEX "approvals_kind_target_id_idx" ON "approvals"("kind", "target_id");
CREATE INDEX "approvals_requester_id_idx" ON "approvals"("requester_id");
CREATE INDEX "approvals_decider_id_idx" ON "approvals"("decider_id");

-- A decision, a withdrawal and a use are final.
CREATE FUNCTION keep_settled_approval() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'approval % was settled and is final', OLD.id
    USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'approvals_final';
END $$;
CREATE TRIGGER approvals_final BEFORE UPDATE ON approvals FOR EACH ROW
  WHEN (OLD.used_at IS NOT NULL OR OLD.withdrawn_at IS NOT NULL OR OLD.decision IS NOT DISTINCT FROM 'refused'
    OR (OLD.decision IS NOT NULL AND NEW.decision IS DISTINCT FROM OLD.decision))
  EXECUTE FUNCTION keep_settled_approval();

-- The trail: the known actions and targets, with more.
DO $$
DECLARE
  actions text := (SELECT pg_get_constraintdef(oid) FROM pg_constraint
    WHERE conname = 'audit_entries_action' AND conrelid = 'audit_entries'::regclass);
  targets text := (SELECT pg_get_constraintdef(oid) FROM pg_constraint
    WHERE conname = 'audit_entries_target_type' AND conrelid = 'audit_entries'::regclass);
BEGIN
  ALTER TABLE audit_entries DROP CONSTRAINT audit_entries_action, DROP CONSTRAINT audit_entries_target_type;
  EXECUTE 'ALTER TABLE audit_entries ADD CONSTRAINT audit_entries_action '
    || replace(actions, '''batch.completed''::text', '''batch.completed''::text, ''approval.requested''::text, '
      || '''approval.approved''::text, ''approval.refused''::text, ''approval.withdrawn''::text, '
      || '''organization.protected''::text, ''organization.unprotected''::text');
  EXECUTE 'ALTER TABLE audit_entries ADD CONSTRAINT audit_entries_target_type '
    || replace(targets, '''batch''::text', '''batch''::text, ''approval''::text, ''organization''::text');
END $$;

CREATE CONSTRAINT TRIGGER approvals_requested_with_entry AFTER INSERT ON approvals
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NOT acts_as_owner())
  EXECUTE FUNCTION require_entry('approval.requested');
CREATE CONSTRAINT TRIGGER approvals_decided_with_entry AFTER UPDATE ON approvals
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.decision IS DISTINCT FROM OLD.decision AND NOT acts_as_owner())
  EXECUTE FUNCTION require_entry('approval.approved', 'approval.refused');
CREATE CONSTRAINT TRIGGER approvals_withdrawn_with_entry AFTER UPDATE ON approvals
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.withdrawn_at IS DISTINCT FROM OLD.withdrawn_at AND NOT acts_as_owner())
  EXECUTE FUNCTION require_entry('approval.withdrawn');
CREATE CONSTRAINT TRIGGER organizations_protected_with_entry AFTER UPDATE ON organizations
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.is_protected IS DISTINCT FROM OLD.is_protected AND NOT acts_as_owner())
  EXECUTE FUNCTION require_entry('organization.protected', 'organization.unprotected');

-- A run of a protected customer is canceled with an approval that the same transaction uses up, or in a batch, whose
-- start used one up.
CREATE FUNCTION require_approval() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM public.organizations o WHERE o.id = NEW.org_id AND o.is_protected) AND NOT EXISTS (
    SELECT FROM public.approvals a WHERE a.id = (NEW.meta #>> '{approval,id}')::uuid AND a.kind = 'run.cancel'
      AND a.target_id = NEW.target_id::text AND a.used_at IS NOT NULL AND public.is_written_here(a.xmin)
  ) THEN
    RAISE EXCEPTION 'run % of a protected customer was canceled without an approval', NEW.target_id
      USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'audit_entries_approved';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER audit_entries_approved AFTER INSERT ON audit_entries
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.action = 'run.cancelled' AND NEW.source <> 'bulk' AND NOT acts_as_owner())
  EXECUTE FUNCTION require_approval();

GRANT SELECT ON approvals TO console_app;
-- Without a decision, a new approval is only a request.
GRANT INSERT (kind, target_id, target_label, org_ids, detail, reason, requester_id, requester, expires_at) ON approvals
  TO console_web;
GRANT UPDATE (expires_at, decision, decider_id, decider, decided_at, decision_note, withdrawn_at, used_at) ON approvals
  TO console_web;
GRANT UPDATE (is_protected) ON organizations TO console_web;
