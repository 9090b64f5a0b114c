import { EVENT_WORDS } from "@/components/deliveries/event-words";
import { FieldError } from "@/components/ui/field";
import { EVENT_TYPES, type EventType } from "@/lib/states/delivery";

type Props = {
  chosen: readonly EventType[];
  error: string | undefined;
  onChange: (types: EventType[]) => void;
};

/** The events that a webhook subscribes to. */
export function EventChoice({ chosen, error, onChange }: Props) {
  return (
    <fieldset
      data-invalid={error ? true : undefined}
      aria-describedby={error ? "webhook-events-error" : undefined}
    >
      <legend className="font-medium">Events</legend>
      <div className="mt-1.5 grid gap-1 sm:grid-cols-2">
        {EVENT_TYPES.map((type) => (
          <label key={type} className="hover:bg-hover flex min-h-8 items-center gap-2.5 rounded px-1.5">
            <input
              type="checkbox"
              checked={chosen.includes(type)}
              onChange={({ target }) =>
                onChange(
                  EVENT_TYPES.filter((other) => (other === type ? target.checked : chosen.includes(other))),
                )
              }
              className="size-3.5 shrink-0"
            />
            <span>
              Run {EVENT_WORDS[type]} <code className="mono text-ink-muted block text-sm">{type}</code>
            </span>
          </label>
        ))}
      </div>
      <FieldError id="webhook-events" error={error} />
    </fieldset>
  );
}
