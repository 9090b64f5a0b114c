"use client";

import { Button } from "@/components/ui/button";
import { useDialog } from "@/components/ui/dialog-state";
import { lazyDialog } from "@/components/ui/lazy-dialog";
import { plainStored } from "@/lib/client/bidi";
import type { Customer } from "@/lib/client/organizations";
import type { StaffPerson } from "./staff-person";

const EditDialog = lazyDialog(() => import("./edit-dialog").then((module) => module.EditDialog));
const LinkDialog = lazyDialog(() => import("./link-dialog").then((module) => module.LinkDialog));
const DisableDialog = lazyDialog(() => import("./disable-dialog").then((module) => module.DisableDialog));
const ResetFactorsDialog = lazyDialog(() =>
  import("./reset-factors-dialog").then((module) => module.ResetFactorsDialog),
);
const EnableDialog = lazyDialog(() => import("./enable-dialog").then((module) => module.EnableDialog));

type Props = {
  person: StaffPerson;
  /** The customers in their access list. */
  customers: Customer[];
  mayReachAll: boolean;
  isSelf: boolean;
  /** Whether password links go to the person's mailbox. */
  isMailed: boolean;
};

/** Actions on a staff member; a disabled one says why. */
export function PersonActions({ person, customers, mayReachAll, isSelf, isMailed }: Props) {
  const [edit, link, disable, enable] = [useDialog(), useDialog(), useDialog(), useDialog()];
  const reset = useDialog();
  const isDisabled = person.state === "disabled";
  const provider = person.identity_provider;
  const isManaged = provider !== null;
  const disabledReason = isManaged
    ? `${plainStored(provider.name)} decides name, role and access.${provider.has_disabled ? " It disabled this person, and enables them again with a group that has access." : ""}`
    : isSelf
      ? "This is you. Another admin has to edit or disable you, or reset your password."
      : isDisabled
        ? "Enable them first to create a password link."
        : undefined;
  const off = (isOff: boolean) =>
    isOff && { "aria-disabled": true, "aria-describedby": "person-disabled-reason" };
  return (
    <div className="grid justify-items-end gap-1.5 max-sm:w-full max-sm:justify-items-stretch">
      <div className="flex flex-wrap gap-2 max-sm:*:flex-1">
        <Button {...edit.opener} {...off(isSelf || isManaged)}>
          Edit
        </Button>
        {!isManaged && (
          <Button {...link.opener} {...off(isSelf || isDisabled)}>
            {person.state === "invited" ? "Invite again" : "Reset password"}
          </Button>
        )}
        {person.has_second_factor && (
          <Button {...reset.opener} {...off(isSelf)}>
            Reset second factor
          </Button>
        )}
        {isDisabled ? (
          <Button {...enable.opener} {...off(provider?.has_disabled === true)}>
            Enable
          </Button>
        ) : (
          <Button {...disable.opener} variant="danger-quiet" {...off(isSelf)}>
            Disable
          </Button>
        )}
      </div>
      {disabledReason && (
        <p id="person-disabled-reason" className="text-ink-muted text-sm">
          {disabledReason}
        </p>
      )}
      <EditDialog key={person.updated_at} {...edit.props} {...{ person, customers, mayReachAll }} />
      <LinkDialog {...link.props} {...{ person, isMailed }} />
      <DisableDialog {...disable.props} person={person} />
      <ResetFactorsDialog {...reset.props} person={person} />
      <EnableDialog {...enable.props} person={person} />
    </div>
  );
}
