import { Panel } from "@/components/ui/panel";
import { StoredText } from "@/components/ui/stored-text";
import type { Customer } from "@/lib/client/organizations";
import type { ApprovalPolicy } from "@/lib/states/approval";
import { ProtectCustomer } from "./protect-customer";
import { UnprotectCustomer } from "./unprotect-customer";

type Props = {
  customers: Customer[];
  /** Whether there are more than listed. */
  isMore: boolean;
  /** What else needs a second person. */
  policy: ApprovalPolicy;
};

/** What needs a second person, and the customers that are protected. */
export function ProtectedPanel({ customers, isMore, policy }: Props) {
  const { aboveRuns, forAdmins } = policy;
  return (
    <Panel id="policy" title="Needs a second person" aside={<ProtectCustomer />}>
      <ul className="list-disc space-y-1 px-4 py-3 pl-8">
        <li>Canceling runs of a protected customer, and removing the protection.</li>
        {aboveRuns !== undefined && (
          <li>Canceling more than {aboveRuns.toLocaleString("en")} runs at once.</li>
        )}
        {forAdmins && <li>Making someone an admin.</li>}
      </ul>
      <h3 className="border-t px-4 pt-3 font-medium">Protected customers</h3>
      {customers.length === 0 ? (
        <p className="text-ink-muted px-4 pt-1 pb-3">None.</p>
      ) : (
        <ul className="divide-y">
          {customers.map((customer) => (
            <li key={customer.id} className="flex items-center justify-between gap-3 px-4 py-2">
              <span className="min-w-0 wrap-anywhere">
                <StoredText>{customer.name}</StoredText>
              </span>
              <UnprotectCustomer customer={customer} />
            </li>
          ))}
          {isMore && <li className="text-ink-muted px-4 py-2">More than these are protected.</li>}
        </ul>
      )}
    </Panel>
  );
}
