"use client";

import { CustomerPicker } from "@/components/organizations/customer-picker";
import { useFilters } from "@/components/ui/use-filters";
import { paths } from "@/lib/client/paths";

/** Opens the secrets of a customer. */
export function ChooseCustomer() {
  const { set, isPending } = useFilters({ org: "" }, paths.secrets);
  return (
    <div aria-busy={isPending} className="w-80 max-w-full text-left">
      <CustomerPicker
        isSingle
        chosen={[]}
        onChange={([customer]) => customer && set({ org: customer.slug })}
      />
    </div>
  );
}
