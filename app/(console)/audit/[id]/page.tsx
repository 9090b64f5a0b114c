import type { Metadata } from "next";
import { EntryDetails } from "@/components/audit/entry-details";
import { EntityLoading } from "@/components/shell/loading";
import { getAuditEntry } from "@/lib/audit/trail/get-audit-entry";
import { paths } from "@/lib/client/paths";
import { nameOrganizations } from "@/lib/organizations/name-organizations";
import { db } from "@/lib/platform/db/client";
import { PLATFORM_ORG_ID } from "@/lib/states/platform-org";
import type { AuditTarget } from "@/lib/states/audit-entry";
import { entityPage } from "../../console-page";
import { orNotFound } from "../../or-not-found";

export const metadata: Metadata = { title: "Audit entry" };

/** The customers of the platform's own entries: service keys and people belong to none. */
const CUSTOMERS: Partial<Record<AuditTarget, string>> = {
  key: "None",
  person: "None",
  batch: "Several customers",
};

const PAGE = { permission: "audit.read", path: paths.auditEntry, loading: <EntityLoading /> } as const;

export default entityPage(PAGE, async ({ caller, id }) => {
  const entry = await orNotFound("AUDIT_ENTRY_NOT_FOUND", getAuditEntry(db(), caller.reach, id));
  const { permissions } = caller;
  if (entry.org_id === PLATFORM_ORG_ID) {
    const customer = { name: CUSTOMERS[entry.target.type] ?? "All customers" };
    return <EntryDetails {...{ entry, customer, permissions }} chainOwner="the platform" />;
  }
  const [org] = await nameOrganizations(db(), caller.reach, { ids: [entry.org_id] });
  return <EntryDetails entry={entry} customer={org ?? { name: entry.org_id }} permissions={permissions} />;
});
