import type { KeyKind } from "@/lib/states/key";
import { KIND_WORDS } from "./key-words";

const PURPOSES: Record<KeyKind, string> = {
  service: "For your team’s scripts. Can do no more than its owner.",
  inference: "For customers, and for tests: creates and reads runs.",
};

type Props = { kinds: readonly KeyKind[]; chosen: KeyKind; onChange: (kind: KeyKind) => void };

export function KindChoice({ kinds, chosen, onChange }: Props) {
  return (
    <fieldset>
      <legend className="font-medium">Kind</legend>
      <div className="mt-1.5 grid gap-2 sm:grid-cols-2">
        {kinds.map((kind) => (
          <label
            key={kind}
            className="hover:bg-hover has-checked:border-accent has-checked:bg-accent-tint flex items-start gap-2.5 rounded border px-3 py-2"
          >
            <input
              type="radio"
              name="key-kind"
              checked={kind === chosen}
              onChange={() => onChange(kind)}
              className="mt-0.75 size-3.5 shrink-0"
            />
            <span className="font-medium">
              {KIND_WORDS[kind]}
              <span className="text-ink-muted block text-sm font-normal">{PURPOSES[kind]}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
