"use client";

import { cx } from "@/components/ui/class-names";
import type { KeyCreator } from "./key-creator";
import { findScopeDisabledReason } from "./key-limits";
import { SCOPE_WORDS } from "./key-words";
import { type Scope, SCOPES } from "./presets";

type Props = {
  chosen: readonly Scope[];
  creator: KeyCreator;
  onChange: (scopes: Scope[]) => void;
};

/** A service key's scopes. Unavailable scopes stay in place, with the reason. */
export function ScopeChoice({ chosen, creator, onChange }: Props) {
  return (
    <fieldset>
      <legend className="sr-only">Scopes</legend>
      <div className="mt-1.5 grid gap-x-3 sm:grid-cols-2">
        {SCOPES.map((scope) => {
          const disabledReason = findScopeDisabledReason(scope, creator);
          const id = `scope-${scope}`;
          return (
            <div
              key={scope}
              className={cx("rounded px-1.5 py-1", disabledReason ? "text-ink-muted" : "hover:bg-hover")}
            >
              <label className={cx("flex items-start gap-2.5", disabledReason && "cursor-not-allowed")}>
                <input
                  type="checkbox"
                  name="key-scope"
                  checked={!disabledReason && chosen.includes(scope)}
                  disabled={disabledReason !== undefined}
                  aria-describedby={disabledReason && id}
                  onChange={({ target }) =>
                    onChange(
                      SCOPES.filter((other) => (other === scope ? target.checked : chosen.includes(other))),
                    )
                  }
                  className="mt-0.75 size-3.5 shrink-0"
                />
                <span className="min-w-0">
                  {SCOPE_WORDS[scope]}
                  <code className="mono text-ink-muted block text-sm">{scope}</code>
                </span>
              </label>
              {disabledReason && (
                <p id={id} className="ml-6 text-sm">
                  {disabledReason}
                </p>
              )}
            </div>
          );
        })}
      </div>
    </fieldset>
  );
}
