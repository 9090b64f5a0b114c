"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, type RefObject, useEffect, useRef, useState } from "react";
import type { Org } from "@/components/reach/reach-choice";
import { SecretGone } from "@/components/secrets/secret-gone";
import { RequestFailure } from "@/components/shell/request-failure";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input } from "@/components/ui/field";
import { LeaveButton } from "@/components/ui/leave-button";
import { StoredText } from "@/components/ui/stored-text";
import { paths } from "@/lib/client/paths";
import { invitePerson } from "@/lib/client/people";
import { useChange } from "@/lib/client/use-change";
import { useShownSecret } from "@/lib/client/use-shown-secret";
import { LinkShown } from "./link-shown";
import { findProblems, type PersonDraft } from "./person-draft";
import { PersonReachChoice } from "./person-reach-choice";
import { RoleChoice } from "./role-choice";

type Props = {
  orgs: readonly Org[];
  mayReachAll: boolean;
  isOpen: boolean;
  button: RefObject<HTMLButtonElement | null>;
  onClose: () => void;
};

/** The least: whoever needs more is given more on purpose. */
const nobody = (orgs: readonly Org[]): PersonDraft => ({
  name: "",
  email: "",
  role: "support",
  reach: { all: false, org_ids: orgs.length === 1 ? [orgs[0]!.id] : [] },
});

/** Invites a person, and shows the link by which they set a password, this once. */
export function InviteDialog({ orgs, mayReachAll, isOpen, button, onClose }: Props) {
  const router = useRouter();
  const [nameBox, emailBox, kept] = [
    useRef<HTMLInputElement>(null),
    useRef<HTMLInputElement>(null),
    useRef<HTMLButtonElement>(null),
  ];
  const [draft, setDraft] = useState(() => nobody(orgs));
  const [isAsked, setAsked] = useState(false);
  const invite = useChange((asked: PersonDraft) => invitePerson(asked));
  const { shown: invited, gone, forget } = useShownSecret(invite, ({ id }) => ({ id }));
  useEffect(() => kept.current?.focus(), [invited, kept]);

  const set = (part: Partial<PersonDraft>) => {
    setDraft({ ...draft, ...part });
    invite.reset();
  };
  const problems = findProblems(draft, invite.error, isAsked);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (invite.isPending) return;
    setAsked(true);
    const missing = findProblems(draft, null, true);
    if (missing.name) nameBox.current?.focus();
    else if (missing.email) emailBox.current?.focus();
    else if (missing.reach) event.currentTarget.querySelector<HTMLElement>("[type=checkbox]")?.focus();
    else invite.mutate(draft);
  };
  const person = invited ?? gone?.rest;
  const leave = () => {
    onClose();
    setDraft(nobody(orgs));
    setAsked(false);
    forget();
    if (person) router.push(paths.person(person.id));
  };

  return (
    <Dialog
      role={invited ? "alertdialog" : "dialog"}
      labelledBy="invite-title"
      isOpen={isOpen}
      isBusy={invite.isPending}
      isLocked={invited !== undefined}
      onClose={gone ? leave : onClose}
      initialFocus={nameBox}
      finalFocus={button}
      className="w-[32rem]"
    >
      {invited ? (
        <div className="grid gap-3 px-5 py-4">
          <h2 id="invite-title" className="text-lg font-semibold">
            The link for <StoredText>{invited.name}</StoredText>
          </h2>
          <p className="text-ink-muted">
            This is the only time that it is shown. Send it to{" "}
            <span className="text-ink wrap-anywhere">{invited.email}</span> before you close this: it sets
            their password once, within 24 hours.
          </p>
          <LinkShown link={invited.link} />
        </div>
      ) : gone ? (
        <div className="grid gap-3 px-5 py-4">
          <h2 id="invite-title" className="text-lg font-semibold">
            The link
          </h2>
          <SecretGone what="link" why={gone.why} next="make a new one on the person’s page." />
        </div>
      ) : (
        <form id="invite" onSubmit={submit} noValidate className="grid gap-4 px-5 py-4">
          <h2 id="invite-title" className="text-lg font-semibold">
            Invite a person
          </h2>
          <Field id="person-name" label="Name" error={problems.name}>
            <Input
              ref={nameBox}
              id="person-name"
              value={draft.name}
              error={problems.name}
              autoComplete="off"
              onChange={({ target }) => set({ name: target.value })}
            />
          </Field>
          <Field id="person-email" label="Email" error={problems.email}>
            <Input
              ref={emailBox}
              id="person-email"
              type="email"
              value={draft.email}
              error={problems.email}
              autoComplete="off"
              spellCheck={false}
              onChange={({ target }) => set({ email: target.value })}
            />
          </Field>
          <RoleChoice chosen={draft.role} error={problems.role} onChange={(role) => set({ role })} />
          <PersonReachChoice
            {...{ orgs, mayReachAll }}
            chosen={draft.reach}
            error={problems.reach}
            onChange={(reach) => set({ reach })}
          />
          {invite.error && Object.keys(problems).length === 0 && <RequestFailure error={invite.error} />}
        </form>
      )}
      <div className="flex flex-wrap justify-end gap-2 border-t px-5 py-3 max-sm:*:flex-1">
        {invited ? (
          // Double click: the second click must not confirm that the link was sent.
          <Button ref={kept} variant="primary" isBusy={invite.isSettling} onClick={leave}>
            I have sent it
          </Button>
        ) : gone ? (
          <Button onClick={leave}>Go to the person’s page</Button>
        ) : (
          <>
            <LeaveButton>Close</LeaveButton>
            <Button type="submit" form="invite" variant="primary" isBusy={invite.isPending}>
              Invite person
            </Button>
          </>
        )}
      </div>
    </Dialog>
  );
}
