"use client";

import { cx } from "@/components/ui/class-names";
import type { KeyOwner } from "@/lib/contract/keys";
import { SCOPE_WORDS } from "./key-words";
import type { Maker } from "./new-key";
import { findScopeBarrier, type Scope, SCOPES } from "./wish";

type Props = {
  chosen: readonly Scope[];
  maker: Maker;
  owner: KeyOwner | undefined;
  onChange: (scopes: Scope[]) => void;
};

/** What a service key may do. What can't be given stays in its place, with the reason. */
export function ScopeChoice({ chosen, maker, owner, onChange }: Props) {
  return (
    <fieldset>
      <legend className="sr-only">Scopes</legend>
      <div className="mt-1.5 grid gap-x-3 sm:grid-cols-2">
        {SCOPES.map((scope) => {
          const barrier = findScopeBarrier(scope, maker, owner);
          const id = `scope-${scope}`;
          return (
            <div
              key={scope}
              className={cx("rounded px-1.5 py-1", barrier ? "text-ink-muted" : "hover:bg-hover")}
            >
              <label className={cx("flex items-start gap-2.5", barrier && "cursor-not-allowed")}>
                <input
                  type="checkbox"
                  name="key-scope"
                  checked={!barrier && chosen.includes(scope)}
                  disabled={barrier !== undefined}
                  aria-describedby={barrier && id}
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
              {barrier && (
                <p id={id} className="ml-6 text-sm">
                  {barrier}
                </p>
              )}
            </div>
          );
        })}
      </div>
    </fieldset>
  );
}
