-- Lists within a reach of some customers take the first runs of each and merge them. Without these, each customer's part
-- read every running run of the platform, or every run of the customer.
CREATE INDEX "runs_org_id_model_created_at_id_idx" ON "runs"("org_id", "model", "created_at" DESC, "id" DESC);
CREATE INDEX runs_non_terminal_org_idx ON runs (org_id, status_code, created_at DESC, id DESC) WHERE NOT is_terminal(status_code);
