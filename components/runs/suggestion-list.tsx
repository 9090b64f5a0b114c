import type { useOptions } from "@/components/ui/use-options";
import { POPUP } from "@/components/ui/popup-style";
import type { Suggestion } from "./complete-expression";

type Props = { suggestions: readonly Suggestion[]; options: ReturnType<typeof useOptions> };

/** Suggestions at the caret, below the box. */
export function SuggestionList({ suggestions, options }: Props) {
  return (
    <div
      id={options.listId}
      role="listbox"
      aria-label="Suggestions"
      className={`${POPUP} absolute inset-x-0 top-8 z-10 max-h-72 max-w-lg overflow-y-auto p-1.5`}
    >
      {suggestions.map(({ insert, label, about }, index) => (
        <div
          key={insert}
          {...options.optionProps(index)}
          className="aria-selected:bg-hover aria-selected:outline-accent flex min-h-8 cursor-pointer items-center justify-between gap-3 rounded px-2 aria-selected:outline-2 aria-selected:-outline-offset-2"
        >
          <span className="mono shrink-0">{label}</span>
          {about && <span className="text-ink-muted min-w-0 truncate text-sm">{about}</span>}
        </div>
      ))}
    </div>
  );
}
