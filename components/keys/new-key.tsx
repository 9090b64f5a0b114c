"use client";

import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { useDialog } from "@/components/ui/dialog-state";
import { lazyDialog } from "@/components/ui/lazy-dialog";
import { explainMissing } from "@/lib/client/explain-missing";
import { paths } from "@/lib/client/paths";
import type { Customer } from "@/lib/client/organizations";
import type { KeyCreator } from "./key-creator";

const NewKeyDialog = lazyDialog(() => import("./new-key-dialog").then((module) => module.NewKeyDialog));

type Props = {
  mayManage: boolean;
  creator: KeyCreator;
  /** The customer whose keys are listed, if exactly one. */
  customer: Customer | undefined;
};

/** Opens the form for a new key, then goes to its page. */
export function NewKey({ mayManage, creator, customer }: Props) {
  const router = useRouter();
  const dialog = useDialog();
  return (
    <div className="grid justify-items-end gap-1.5">
      <Button
        {...dialog.opener}
        variant="primary"
        aria-disabled={!mayManage}
        aria-describedby={mayManage ? undefined : "new-key-disabled-reason"}
      >
        New key
      </Button>
      {!mayManage && (
        <p id="new-key-disabled-reason" className="text-ink-muted text-sm sm:text-right">
          {explainMissing("creating keys", "keys.manage")}
        </p>
      )}
      <NewKeyDialog
        {...dialog.props}
        creator={creator}
        customers={customer ? [customer] : []}
        onKept={({ id }) => router.push(paths.key(id))}
      />
    </div>
  );
}
