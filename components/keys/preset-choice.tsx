import type { ReactNode } from "react";
import { cx } from "@/components/ui/class-names";
import { FieldError } from "@/components/ui/field";
import type { KeyCreator } from "./key-creator";
import { findPresetDisabledReason } from "./key-limits";
import { PRESET_WORDS, PRESETS, type Preset } from "./presets";

type Props = {
  chosen: Preset;
  creator: KeyCreator;
  error: string | undefined;
  onChange: (preset: Preset) => void;
  /** The list of scopes, shown for the custom preset. */
  children: ReactNode;
};

/** A service key's permissions. Unavailable options stay in place, with the reason. */
export function PresetChoice({ chosen, creator, error, onChange, children }: Props) {
  return (
    <fieldset
      data-invalid={error ? true : undefined}
      aria-describedby={error ? "key-scopes-error" : undefined}
    >
      <legend className="font-medium">Permissions</legend>
      <div className="mt-1 grid gap-0.5">
        {PRESETS.map((preset) => {
          const disabledReason = findPresetDisabledReason(preset, creator);
          const { name: words, about } = PRESET_WORDS[preset];
          const id = `preset-${preset}`;
          return (
            <label
              key={preset}
              className={cx(
                "flex items-start gap-2.5 rounded px-1.5 py-1",
                disabledReason ? "text-ink-muted cursor-not-allowed" : "hover:bg-hover",
              )}
            >
              <input
                type="radio"
                name="key-preset"
                checked={preset === chosen && !disabledReason}
                disabled={disabledReason !== undefined}
                aria-labelledby={`${id}-name`}
                aria-describedby={id}
                onChange={() => onChange(preset)}
                className="mt-1 size-3.5 shrink-0"
              />
              <span>
                <span id={`${id}-name`}>{words}</span>
                <span id={id} className="text-ink-muted block text-sm">
                  {disabledReason ?? about}
                </span>
              </span>
            </label>
          );
        })}
      </div>
      {children && <div className="mt-1 ml-6">{children}</div>}
      <FieldError id="key-scopes" error={error} />
    </fieldset>
  );
}
