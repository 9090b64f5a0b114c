"use client";

import { useQuery } from "@tanstack/react-query";
import { type FormEvent, type RefObject, useState } from "react";
import { ReachChoice } from "@/components/reach/reach-choice";
import { RequestFailure } from "@/components/shell/request-failure";
import { Button } from "@/components/ui/button";
import { Field, Input, inputStyle } from "@/components/ui/field";
import { LeaveButton } from "@/components/ui/leave-button";
import { plainStored } from "@/lib/client/bidi";
import { keyOwnersOptions } from "@/lib/client/keys";
import { serverNow } from "@/lib/client/server-time";
import type { CreateKeyBody } from "@/lib/contract/keys";
import { KEY_KINDS } from "@/lib/states/key";
import { findProblems } from "./find-problems";
import type { KeyCreator, Org } from "./key-creator";
import {
  canReachAll,
  effectiveScopes,
  findReachDisabledReason,
  LIFETIMES,
  ownerReaches,
  toBody,
  USUAL_DAYS,
  type KeyDraft,
} from "./key-draft";
import { KindChoice } from "./kind-choice";
import { OwnerChoice } from "./owner-choice";
import { PresetChoice } from "./preset-choice";
import { ScopeChoice } from "./scope-choice";

type Props = {
  creator: KeyCreator;
  orgs: readonly Org[];
  chosenOrg: string;
  first: RefObject<HTMLInputElement | null>;
  isBusy: boolean;
  failure: Error | null;
  /** What was refused is not what is asked any more. */
  onChange: () => void;
  onSubmit: (body: CreateKeyBody) => void;
};

export function NewKeyForm({ creator, orgs, chosenOrg, first, isBusy, failure, ...on }: Props) {
  const [draft, setDraft] = useState<KeyDraft>(() => startFrom(creator, orgs, chosenOrg));
  const [isAsked, setAsked] = useState(false);
  const isService = draft.kind === "service";
  const people = useQuery(keyOwnersOptions(isService ? null : draft.orgId));
  // A customer's people are known once their customer is: the first of them until another one is chosen.
  const owner =
    people.data?.find(({ id }) => id === draft.ownerId) ?? (isService ? undefined : people.data?.[0]);
  const problems = findProblems({ draft, creator, owner }, failure, isAsked);

  const set = (change: Partial<KeyDraft>) => {
    setDraft({ ...draft, ...change });
    on.onChange();
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isBusy) return;
    setAsked(true);
    const body = toBody({ ...draft, ownerId: owner?.id ?? "" }, creator, owner, serverNow());
    const missing = findProblems({ draft, creator, owner }, null, true).first;
    if (missing) event.currentTarget.querySelector<HTMLElement>(missing)?.focus();
    else on.onSubmit(body);
  };
  return (
    <form onSubmit={submit} noValidate>
      <div className="grid gap-4 px-5 py-4">
        <h2 id="new-key-title" className="text-lg font-semibold">
          New key
        </h2>
        <KindChoice
          kinds={KEY_KINDS}
          chosen={draft.kind}
          onChange={(kind) =>
            set({ kind, ownerId: kind === "service" ? creator.id : "", days: USUAL_DAYS[kind] })
          }
        />
        <Field id="key-name" label="Name" error={problems.name}>
          <Input
            ref={first}
            id="key-name"
            value={draft.name}
            error={problems.name}
            placeholder={isService ? "Nightly report" : "Production"}
            autoComplete="off"
            onChange={(event) => set({ name: event.target.value })}
          />
        </Field>
        <div className="grid gap-4 sm:grid-cols-2">
          {!isService && (
            <Field id="key-org" label="Customer" error={problems.org_id}>
              <select
                id="key-org"
                value={draft.orgId}
                onChange={(event) => set({ orgId: event.target.value, ownerId: "" })}
                className={inputStyle("h-8")}
              >
                {orgs.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {plainStored(name)}
                  </option>
                ))}
              </select>
            </Field>
          )}
          <OwnerChoice
            people={people.data}
            isFailed={people.isError}
            chosen={owner?.id ?? ""}
            error={problems.owner_id}
            onChange={(ownerId) => set({ ownerId })}
          />
          <Field id="key-lifetime" label="It works" error={problems.expires_at}>
            <select
              id="key-lifetime"
              value={draft.days ?? ""}
              onChange={({ target }) => set({ days: target.value ? Number(target.value) : null })}
              className={inputStyle("h-8")}
            >
              {LIFETIMES.map(({ days, words }) => (
                <option key={words} value={days ?? ""}>
                  {words}
                </option>
              ))}
            </select>
          </Field>
        </div>
        {isService ? (
          <>
            <ReachChoice
              name="key-reach"
              legend="For …"
              orgs={orgs.filter(({ id }) => ownerReaches(owner, id))}
              chosen={{ all: canReachAll(draft, creator, owner), orgIds: draft.orgIds }}
              disabledReason={findReachDisabledReason(creator, owner)}
              none="Its owner reaches none of your customers."
              error={problems.reach}
              onChange={({ all, orgIds }) => set({ reachesAll: all, orgIds })}
            />
            <PresetChoice
              {...{ creator, owner }}
              chosen={draft.preset}
              error={problems.scopes}
              onChange={(preset) =>
                // Who wants other scopes begins with those of what was chosen before.
                set({
                  preset,
                  ...(preset === "custom" && { scopes: effectiveScopes(draft, creator, owner) }),
                })
              }
            >
              {draft.preset === "custom" && (
                <ScopeChoice
                  {...{ creator, owner }}
                  chosen={draft.scopes}
                  onChange={(scopes) => set({ scopes })}
                />
              )}
            </PresetChoice>
          </>
        ) : (
          <p className="text-ink-muted">
            It creates and reads the runs of this customer, manages their webhooks and reads their balance. It
            opens nothing of the console.
            {owner?.role &&
              ` For internal testing it does what ${plainStored(owner.name)}’s role includes, and its runs count as created by them: a second person must cancel these.`}
          </p>
        )}
        {failure && !isBusy && !problems.isPlaced && <RequestFailure error={failure} />}
      </div>
      <div className="bg-surface sticky bottom-0 flex flex-wrap justify-end gap-2 border-t px-5 py-3 max-sm:*:flex-1">
        <LeaveButton>Make none</LeaveButton>
        <Button type="submit" variant="primary" isBusy={isBusy}>
          Make key
        </Button>
      </div>
    </form>
  );
}

/** The usual key of each kind; one for whoever makes it, of the customer that the list shows. */
function startFrom(creator: KeyCreator, orgs: readonly Org[], chosenOrg: string): KeyDraft {
  const org = orgs.find(({ slug }) => slug === chosenOrg);
  const kind = org ? "inference" : "service";
  return {
    kind,
    name: "",
    ownerId: org ? "" : creator.id,
    orgId: (org ?? orgs[0])?.id ?? "",
    preset: "cancel",
    scopes: [],
    reachesAll: creator.reachesAll && !org,
    orgIds: org ? [org.id] : [],
    days: USUAL_DAYS[kind],
  };
}
