"use client";

import type { ViewScope } from "@/lib/contract/views";

const SCOPES: { value: ViewScope; name: string; meaning: string }[] = [
  { value: "own", name: "Only me", meaning: "Only you can see it." },
  {
    value: "team",
    name: "The team",
    meaning: "Everyone who can read runs sees it, with the runs they can access.",
  },
];

type Props = { scope: ViewScope; onChange: (scope: ViewScope) => void };

export function ViewScopeChoice({ scope, onChange }: Props) {
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1.5 font-medium">For</legend>
      {SCOPES.map(({ value, name: words, meaning }) => (
        <label key={value} className="flex items-start gap-2.5">
          <input
            type="radio"
            name="view-scope"
            checked={scope === value}
            onChange={() => onChange(value)}
            className="mt-0.5 size-4 shrink-0"
          />
          <span>
            {words}
            <span className="text-ink-muted block text-sm">{meaning}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
