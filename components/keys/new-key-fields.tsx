import { CustomerSelect } from "@/components/organizations/customer-select";
import { ReachChoice } from "@/components/reach/reach-choice";
import { SelectField, TextField } from "@/components/ui/field";
import { plainStored } from "@/lib/client/bidi";
import type { KeyOwner } from "@/lib/contract/keys";
import { KEY_KINDS } from "@/lib/states/key";
import type { KeyCreator } from "./key-creator";
import { type KeyDraft, LIFETIMES, USUAL_DAYS } from "./key-draft";
import { canReachAll, effectiveScopes, findReachDisabledReason } from "./key-limits";
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
};

export function NewKeyFields({ form, people, creator, owner }: Props) {
  const { values, set, problemAt } = form;
  const { kind, preset, scopes, reach } = values;
  const isService = kind === "service";
  const chooseKind = (chosen: KeyDraft["kind"]) => {
    set("kind", chosen);
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
          <>
            <CustomerSelect
              chosen={values.customer}
              error={problemAt("customer")}
              onChange={(customer) => {
                set("customer", customer);
                set("ownerId", "");
              }}
            />
            <OwnerChoice
              people={people.data}
              isFailed={people.isError}
              chosen={owner?.id ?? ""}
              error={problemAt("ownerId")}
              onChange={(id) => set("ownerId", id)}
            />
          </>
        )}
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
            chosen={{ ...reach, all: canReachAll(values, creator) }}
            disabledReason={findReachDisabledReason(creator)}
            error={problemAt("reach")}
            onChange={(chosen) => set("reach", chosen)}
          />
          <PresetChoice
            creator={creator}
            chosen={preset}
            error={problemAt("scopes")}
            onChange={(chosen) => {
              // Custom starts with the previous preset's scopes.
              if (chosen === "custom") set("scopes", effectiveScopes(values, creator));
              set("preset", chosen);
            }}
          >
            {preset === "custom" && (
              <ScopeChoice creator={creator} chosen={scopes} onChange={(chosen) => set("scopes", chosen)} />
            )}
          </PresetChoice>
        </>
      ) : (
        <p className="text-ink-muted">
          Creates and reads this customer’s runs, manages their webhooks and reads their balance. It can’t
          open the console.
          {owner &&
            (owner.role
              ? " For internal testing, it can do what your role includes. Its runs count as created by you, so someone else has to cancel those."
              : ` You get a link, not the key: ${plainStored(owner.name)} opens it and sees the key once. The key stops if you are disabled, and someone else has to cancel its runs.`)}
        </p>
      )}
    </>
  );
}
