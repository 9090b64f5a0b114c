"use client";

import { Button } from "@/components/ui/button";
import { useDialog } from "@/components/ui/dialog-state";
import { lazyDialog } from "@/components/ui/lazy-dialog";
import { plainStored } from "@/lib/client/bidi";
import type { Customer } from "@/lib/client/organizations";

const UnprotectDialog = lazyDialog(() =>
  import("./unprotect-dialog").then((module) => module.UnprotectDialog),
);

export function UnprotectCustomer({ customer }: { customer: Customer }) {
  const dialog = useDialog();
  return (
    <>
      <Button {...dialog.opener} size="sm">
        Remove protection…<span className="sr-only"> of {plainStored(customer.name)}</span>
      </Button>
      <UnprotectDialog {...dialog.props} customer={customer} />
    </>
  );
}
