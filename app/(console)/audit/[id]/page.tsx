import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { EntryDetails } from "@/components/audit/entry-details";
import { getAuditEntry } from "@/lib/audit/trail/get-audit-entry";
import { paths } from "@/lib/client/paths";
import type { AuditEntry } from "@/lib/contract/audit";
import { listOrganizations } from "@/lib/organizations/list-organizations";
import { db } from "@/lib/platform/db/client";
import { Refusal } from "@/lib/platform/errors";
import type { Reach } from "@/lib/states/caller";
import { PLATFORM_ORG_ID } from "@/lib/states/platform-org";
import { entityPage } from "../../console-page";

export const metadata: Metadata = { title: "Audit entry" };

export default entityPage("audit.read", paths.auditEntry, async ({ caller, id }) => {
  const entry = await findEntry(caller.reach, id);
  const { permissions } = caller;
  if (entry.org_id === PLATFORM_ORG_ID) {
    // A service key is nobody's, whatever it reaches; nor is a person.
    const isNobodys = entry.target.type === "key" || entry.target.type === "person";
    const customer = isNobodys ? "None of them" : "All of them";
    return <EntryDetails {...{ entry, customer, permissions }} chainOwner="the platform" />;
  }
  const [org] = await listOrganizations(db(), { all: false, orgIds: [entry.org_id] });
  return <EntryDetails entry={entry} customer={org?.name ?? entry.org_id} permissions={permissions} />;
});

async function findEntry(reach: Reach, id: string): Promise<AuditEntry> {
  try {
    return await getAuditEntry(db(), reach, id);
  } catch (error) {
    if (error instanceof Refusal && error.code === "AUDIT_ENTRY_NOT_FOUND") notFound();
    throw error;
  }
}
