"use client";

import { useRouter } from "next/navigation";
import { offerApproval } from "@/components/approvals/offer-approval";
import { SecretDialog } from "@/components/secrets/secret-dialog";
import { DialogForm } from "@/components/ui/dialog-form";
import type { DialogProps } from "@/components/ui/dialog-state";
import { paths } from "@/lib/client/paths";
import type { Customer } from "@/lib/client/organizations";
import { invitePerson } from "@/lib/client/people";
import { useApiForm } from "@/lib/client/use-api-form";
import { InvitePersonBody } from "@/lib/contract/people";
import { findMissing, grantOf, type PersonDraft, toBody } from "./person-draft";
import { PersonFields } from "./person-fields";
import { showLink } from "./show-link";

type Props = DialogProps & {
  /** The inviting person's only customer, if exactly one. */
  only: Customer | undefined;
  mayReachAll: boolean;
  isMailed: boolean;
};

/** The least access by default. */
const nobody = (only: Customer | undefined): PersonDraft => ({
  name: "",
  email: "",
  role: "support",
  reach: { all: false, customers: only ? [only] : [] },
});

/** Invites a person, and shows their password link once, unless it was sent to them. */
export function InviteDialog({ only, mayReachAll, isMailed, ...dialog }: Props) {
  const router = useRouter();
  const form = useApiForm({
    start: nobody(only),
    schema: InvitePersonBody,
    toBody,
    missing: findMissing,
    send: invitePerson,
  });
  return (
    <SecretDialog
      {...dialog}
      what="link"
      making={form.change}
      shown={showLink}
      kept={isMailed ? "Done" : "I’ve sent the link"}
      lost="create a new one on the person’s page."
      onEnd={({ id }) => {
        form.reset();
        router.push(paths.person(id));
      }}
    >
      <DialogForm
        {...form.props}
        title="Invite a person"
        text={
          isMailed
            ? "They get an email with a link, and set their own password with it."
            : "You get a link to send them. They set their own password with it."
        }
        submit="Invite person"
        submitting="Inviting…"
        explain={offerApproval(grantOf(toBody(form.values)))}
      >
        <PersonFields {...{ form, mayReachAll }} hasEmail />
      </DialogForm>
    </SecretDialog>
  );
}
