"use client";

import { useRef, useState } from "react";
import type { Org } from "@/components/reach/reach-choice";
import { RequestFailure } from "@/components/shell/request-failure";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { latePart } from "@/components/ui/late-part";
import { StoredText } from "@/components/ui/stored-text";
import { enablePerson } from "@/lib/client/people";
import { useChange } from "@/lib/client/use-change";
import type { StaffPerson } from "./staff-person";

const ChangeDialog = latePart(() => import("./change-dialog").then((module) => module.ChangeDialog));
const DisableDialog = latePart(() => import("./disable-dialog").then((module) => module.DisableDialog));
const LinkDialog = latePart(() => import("./link-dialog").then((module) => module.LinkDialog));

type Open = "change" | "link" | "disable" | "enable";

type Props = { person: StaffPerson; orgs: readonly Org[]; mayReachAll: boolean; isSelf: boolean };

/** What can be done to a member of staff; what can't is said. */
export function PersonActions({ person, orgs, mayReachAll, isSelf }: Props) {
  const [open, setOpen] = useState<Open>();
  const [loaded, setLoaded] = useState<Open[]>([]);
  const [changeButton, linkButton, endButton] = [useRef(null), useRef(null), useRef(null)];
  const enable = useChange(
    () => enablePerson(person.id),
    () => setOpen(undefined),
  );
  const isDisabled = person.state === "disabled";
  const disabledReason = isSelf
    ? "This is you: another admin has to disable you, or make a link for you."
    : isDisabled
      ? "While they are disabled, nobody makes a link for them."
      : undefined;
  const show = (what: Open) => {
    setLoaded([...loaded, what]);
    setOpen(what);
  };
  const close = () => setOpen(undefined);
  const off = (isOff: boolean) =>
    isOff && { "aria-disabled": true, "aria-describedby": "person-disabled-reason" };
  return (
    <div className="grid justify-items-end gap-1.5 max-sm:w-full max-sm:justify-items-stretch">
      <div className="flex flex-wrap gap-2 max-sm:*:flex-1">
        <Button ref={changeButton} onClick={() => show("change")}>
          Change
        </Button>
        <Button ref={linkButton} {...off(isSelf || isDisabled)} onClick={() => show("link")}>
          {person.state === "invited" ? "Invite again" : "Reset password"}
        </Button>
        {isDisabled ? (
          <Button ref={endButton} onClick={() => show("enable")}>
            Enable
          </Button>
        ) : (
          <Button ref={endButton} variant="danger-quiet" {...off(isSelf)} onClick={() => show("disable")}>
            Disable
          </Button>
        )}
      </div>
      {disabledReason && (
        <p id="person-disabled-reason" className="text-ink-muted text-sm">
          {disabledReason}
        </p>
      )}
      {loaded.includes("change") && (
        <ChangeDialog
          key={person.updated_at}
          {...{ person, orgs, mayReachAll, isSelf }}
          isOpen={open === "change"}
          button={changeButton}
          onClose={close}
        />
      )}
      {loaded.includes("link") && (
        <LinkDialog person={person} isOpen={open === "link"} button={linkButton} onClose={close} />
      )}
      {loaded.includes("disable") && (
        <DisableDialog
          key={person.state}
          person={person}
          isOpen={open === "disable"}
          button={endButton}
          onClose={close}
        />
      )}
      <ConfirmDialog
        id="enable-person"
        title="Enable this person?"
        confirm="Enable person"
        keep="Keep them out"
        isOpen={open === "enable"}
        isBusy={enable.isPending}
        failure={enable.error && <RequestFailure error={enable.error} isRepeatable />}
        finalFocus={endButton}
        onConfirm={() => enable.mutate(undefined)}
        onClose={close}
      >
        <p>
          <span className="text-ink">
            <StoredText>{person.name}</StoredText>
          </span>{" "}
          can sign in again with the same role, reach and password as before, and their keys will work again.
        </p>
      </ConfirmDialog>
    </div>
  );
}
