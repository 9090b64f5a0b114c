import { Field, inputStyle } from "@/components/ui/field";
import type { KeyOwner } from "@/lib/contract/keys";

type Props = {
  /** Undefined until they are known. */
  people: readonly KeyOwner[] | undefined;
  isFailed: boolean;
  chosen: string;
  error: string | undefined;
  onChange: (id: string) => void;
};

/** Who answers for a key. */
export function OwnerChoice({ people, isFailed, chosen, error, onChange }: Props) {
  const said =
    error ??
    (isFailed
      ? "The people could not be read. Close this and try again."
      : people?.length === 0
        ? "Nobody there has a verified e-mail address, so nobody can own a key."
        : undefined);
  return (
    <Field id="key-owner" label="Owner" error={said}>
      <select
        id="key-owner"
        value={chosen}
        aria-invalid={said ? true : undefined}
        aria-describedby={said ? "key-owner-error" : undefined}
        aria-busy={people === undefined && !isFailed}
        onChange={(event) => onChange(event.target.value)}
        className={inputStyle("h-8")}
      >
        {people === undefined && <option value={chosen}>Loading…</option>}
        {people?.map(({ id, name, role, email }) => (
          <option key={id} value={id}>
            {`${name}, ${role ?? email}`}
          </option>
        ))}
      </select>
    </Field>
  );
}
