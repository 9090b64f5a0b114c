import { ReachChoice } from "@/components/reach/reach-choice";
import { SelectField, TextField } from "@/components/ui/field";
import { plainStored } from "@/lib/client/bidi";
import type { KeyOwner } from "@/lib/contract/keys";
import { KEY_KINDS } from "@/lib/states/key";
import type { KeyCreator, Org } from "./key-creator";
import { type KeyDraft, LIFETIMES, USUAL_DAYS } from "./key-draft";
import { canReachAll, effectiveScopes, findReachDisabledReason, ownerReaches } from "./key-limits";
import { KindChoice } from "./kind-choice";
import { OwnerChoice } from "./owner-choice";
import { PresetChoice } from "./preset-choice";
import { ScopeChoice } from "./scope-choice";

type Form = {
  values: KeyDraft;
  set: <Field extends keyof KeyDraft>(field: Field, value: KeyDraft[Field]) => void;
  register: (field: keyof KeyDraft) => { name: string; ref: (element: HTMLInputElement | null) => void };
  problemAt: (field: keyof KeyDraft) => string | undefined;
};

type Props = {
  form: Form;
  people: { data: readonly KeyOwner[] | undefined; isError: boolean };
  creator: KeyCreator;
  owner: KeyOwner | undefined;
  orgs: readonly Org[];
};

export function NewKeyFields({ form, people, creator, owner, orgs }: Props) {
  const { values, set, problemAt } = form;
  const { kind, preset, scopes, reach } = values;
  const party = { creator, owner };
  const isService = kind === "service";
  const chooseKind = (chosen: KeyDraft["kind"]) => {
    set("kind", chosen);
    set("owner_id", chosen === "service" ? creator.id : "");
    set("days", USUAL_DAYS[chosen]);
  };
  return (
    <>
      <KindChoice kinds={KEY_KINDS} chosen={kind} onChange={chooseKind} />
      <TextField
        label="Name"
        {...form.register("name")}
        data-focus-first
        placeholder={isService ? "Nightly report" : "Production"}
        autoComplete="off"
      />
      <div className="grid gap-4 sm:grid-cols-2">
        {!isService && (
          <SelectField
            label="Customer"
            value={values.org_id}
            error={problemAt("org_id")}
            onChange={({ target }) => {
              set("org_id", target.value);
              set("owner_id", "");
            }}
          >
            {orgs.map((org) => (
              <option key={org.id} value={org.id}>
                {plainStored(org.name)}
              </option>
            ))}
          </SelectField>
        )}
        <OwnerChoice
          people={people.data}
          isFailed={people.isError}
          chosen={owner?.id ?? ""}
          error={problemAt("owner_id")}
          onChange={(id) => set("owner_id", id)}
        />
        <SelectField
          label="Expires"
          value={values.days ?? ""}
          error={problemAt("days")}
          onChange={({ target }) => set("days", target.value ? Number(target.value) : null)}
        >
          {LIFETIMES.map(({ days, words }) => (
            <option key={words} value={days ?? ""}>
              {words}
            </option>
          ))}
        </SelectField>
      </div>
      {isService ? (
        <>
          <ReachChoice
            name="key-reach"
            legend="Customers"
            orgs={orgs.filter(({ id }) => ownerReaches(owner, id))}
            chosen={{ all: canReachAll(values, party), orgIds: reach.org_ids }}
            disabledReason={findReachDisabledReason(party)}
            none="Its owner can access none of your customers."
            error={problemAt("reach")}
            onChange={({ all, orgIds }) => set("reach", { all, org_ids: orgIds })}
          />
          <PresetChoice
            {...party}
            chosen={preset}
            error={problemAt("scopes")}
            onChange={(chosen) => {
              // Custom starts with the scopes of what was chosen before.
              if (chosen === "custom") set("scopes", effectiveScopes(values, party));
              set("preset", chosen);
            }}
          >
            {preset === "custom" && (
              <ScopeChoice {...party} chosen={scopes} onChange={(chosen) => set("scopes", chosen)} />
            )}
          </PresetChoice>
        </>
      ) : (
        <p className="text-ink-muted">
          Creates and reads this customer’s runs, manages their webhooks and reads their balance. It can’t
          open the console.
          {owner?.role &&
            ` For internal testing, it can do what ${plainStored(owner.name)}’s role includes. Its runs count as created by them, so someone else has to cancel those.`}
        </p>
      )}
    </>
  );
}
