"use client";

import { type FormEvent, type RefObject, useRef, useState } from "react";
import type { Org } from "@/components/reach/reach-choice";
import { RequestFailure } from "@/components/shell/request-failure";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field, Input } from "@/components/ui/field";
import { LeaveButton } from "@/components/ui/leave-button";
import { StoredText } from "@/components/ui/stored-text";
import { updatePerson } from "@/lib/client/people";
import { useChange } from "@/lib/client/use-change";
import type { UpdatePersonBody } from "@/lib/contract/people";
import { findProblems, type PersonDraft } from "./person-draft";
import { PersonReachChoice } from "./person-reach-choice";
import { RoleChoice } from "./role-choice";
import type { StaffPerson } from "./staff-person";

type Props = {
  person: StaffPerson;
  orgs: readonly Org[];
  mayReachAll: boolean;
  /** Whose role and reach another person has to change. */
  isSelf: boolean;
  isOpen: boolean;
  button: RefObject<HTMLButtonElement | null>;
  onClose: () => void;
};

/** Changes a person's name, role and reach. */
export function ChangeDialog({ person, orgs, mayReachAll, isSelf, isOpen, button, onClose }: Props) {
  const nameBox = useRef<HTMLInputElement>(null);
  const { name, email, role, reach } = person;
  const [draft, setDraft] = useState<PersonDraft>({ name, email, role, reach });
  const [isAsked, setAsked] = useState(false);
  const change = useChange(
    (asked: PersonDraft) => updatePerson(person.id, changesOf(person, asked)),
    onClose,
  );
  const set = (part: Partial<PersonDraft>) => {
    setDraft({ ...draft, ...part });
    change.reset();
  };
  const problems = findProblems(draft, change.error, isAsked);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (change.isPending) return;
    setAsked(true);
    const missing = findProblems(draft, null, true);
    if (missing.name) nameBox.current?.focus();
    else if (missing.reach) event.currentTarget.querySelector<HTMLElement>("[type=checkbox]")?.focus();
    else change.mutate(draft);
  };
  return (
    <Dialog
      labelledBy="change-title"
      isOpen={isOpen}
      isBusy={change.isPending}
      onClose={onClose}
      initialFocus={nameBox}
      finalFocus={button}
      className="w-[32rem]"
    >
      <form onSubmit={submit} noValidate>
        <div className="grid gap-4 px-5 py-4">
          <div>
            <h2 id="change-title" className="text-lg font-semibold">
              Change <StoredText>{name}</StoredText>
            </h2>
            <p className="text-ink-muted">
              {isSelf
                ? "Your own role and reach another admin has to change."
                : "It holds at once, wherever they are signed in and for their keys."}
            </p>
          </div>
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
          <RoleChoice
            chosen={draft.role}
            error={problems.role}
            isLocked={isSelf}
            onChange={(chosen) => set({ role: chosen })}
          />
          <PersonReachChoice
            {...{ orgs, mayReachAll }}
            chosen={draft.reach}
            error={problems.reach}
            isLocked={isSelf}
            onChange={(chosen) => set({ reach: chosen })}
          />
          {change.error && !change.isPending && Object.keys(problems).length === 0 && (
            <RequestFailure error={change.error} isRepeatable />
          )}
        </div>
        <div className="flex flex-wrap justify-end gap-2 border-t px-5 py-3 max-sm:*:flex-1">
          <LeaveButton>Close</LeaveButton>
          <Button type="submit" variant="primary" isBusy={change.isPending}>
            Save changes
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** Only what differs is sent: what a colleague has changed meanwhile stays. */
function changesOf(person: StaffPerson, { name, role, reach }: PersonDraft): UpdatePersonBody {
  const sorted = (ids: string[] | null) => ids?.toSorted().join();
  const isSameReach =
    reach.all === person.reach.all && sorted(reach.org_ids) === sorted(person.reach.org_ids);
  return {
    ...(name.trim() !== person.name && { name }),
    ...(role !== person.role && { role }),
    ...(!isSameReach && { reach }),
  };
}
