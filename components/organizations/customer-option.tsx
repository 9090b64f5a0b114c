import { MENU_ITEM } from "@/components/ui/popup-style";
import { StoredText } from "@/components/ui/stored-text";
import { plainStored } from "@/lib/client/bidi";
import type { Customer } from "@/lib/client/organizations";

type Props = {
  customer: Customer;
  /** The radio group's name; absent for checkboxes. */
  group: string | undefined;
  isChosen: boolean;
  disabledReason: string | undefined;
  onChange: (isOn: boolean) => void;
};

export function CustomerOption({ customer: { name }, group, isChosen, disabledReason, onChange }: Props) {
  return (
    <label className={disabledReason ? `${MENU_ITEM} text-ink-muted cursor-not-allowed` : MENU_ITEM}>
      <input
        type={group ? "radio" : "checkbox"}
        name={group}
        checked={isChosen}
        disabled={disabledReason !== undefined}
        onChange={(event) => onChange(event.target.checked)}
        className="size-3.5 shrink-0 focus-visible:outline-offset-1"
      />
      <span className="min-w-0">
        <span className="block truncate" title={plainStored(name)}>
          <StoredText>{name}</StoredText>
        </span>
        {disabledReason && <span className="block text-sm">{disabledReason}</span>}
      </span>
    </label>
  );
}
