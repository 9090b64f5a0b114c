import { SelectField } from "@/components/ui/field";
import { plainStored } from "@/lib/client/bidi";
import type { KeyOwner } from "@/lib/contract/keys";

type Props = {
  /** Undefined until loaded. */
  people: readonly KeyOwner[] | undefined;
  isFailed: boolean;
  chosen: string;
  error: string | undefined;
  onChange: (id: string) => void;
};

/** Chooses the person responsible for a key. */
export function OwnerChoice({ people, isFailed, chosen, error, onChange }: Props) {
  const problem =
    error ??
    (isFailed
      ? "Owners could not be loaded. Close this and try again."
      : people?.length === 0
        ? "No one there has a verified email address, so no one can own a key."
        : undefined);
  return (
    <SelectField
      label="Owner"
      value={chosen}
      error={problem}
      aria-busy={people === undefined && !isFailed}
      onChange={(event) => onChange(event.target.value)}
    >
      {people === undefined && <option value={chosen}>Loading…</option>}
      {people?.map(({ id, name, role, email }) => (
        <option key={id} value={id}>
          {`${plainStored(name)}, ${role ?? email}`}
        </option>
      ))}
    </SelectField>
  );
}
