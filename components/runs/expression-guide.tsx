"use client";

import { ABOUT_METADATA, FIELD_NAMES, FIELDS, METADATA } from "@/lib/states/run-fields";

type Props = { onTry: (example: string) => void };

/** A test parses each of them. */
export const EXAMPLES = [
  { text: "status_code:running AND cost>0.5", says: "both" },
  { text: "status_code:failed OR status_code:canceled", says: "one of them" },
  { text: "NOT (model:runflow/smart-resize)", says: "all others" },
  { text: "created_at:2026-04-01", says: "on that day, in UTC" },
  { text: "client_ref:null", says: "without one" },
  { text: `${METADATA}.tenant:'shop 7'`, says: "as the customer sent it" },
];

const OPERATORS = [
  { signs: ": =", says: "equal" },
  { signs: "> < >= <=", says: "times, numbers and metadata" },
  { signs: ".ne:", says: "not equal, as in model.ne:'a/b'" },
  { signs: "AND OR NOT ( )", says: "NOT binds closest, then AND" },
];

/** The fields, the operators and some examples; pressing an example runs it. */
export function ExpressionGuide({ onTry }: Props) {
  return (
    <div className="grid gap-3 p-1.5">
      <Section title="Examples">
        <ul>
          {EXAMPLES.map(({ text, says }) => (
            <li key={text}>
              <button
                type="button"
                onClick={({ currentTarget }) => {
                  currentTarget.closest<HTMLElement>("[popover]")?.hidePopover();
                  onTry(text);
                }}
                className="hover:bg-hover w-full rounded px-2 py-1 text-left"
              >
                <code className="mono block wrap-anywhere">{text}</code>
                <span className="text-ink-muted text-sm">{says}</span>
              </button>
            </li>
          ))}
        </ul>
      </Section>
      <Section title="Fields">
        <Facts
          facts={[
            ...FIELD_NAMES.map((name) => ({ name, says: FIELDS[name].about })),
            {
              name: `${METADATA}.<key>`,
              says: ABOUT_METADATA,
            },
          ]}
        />
      </Section>
      <Section title="Operators">
        <Facts facts={OPERATORS.map(({ signs, says }) => ({ name: signs, says }))} />
      </Section>
    </div>
  );
}

function Section({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <section aria-label={title}>
      <h2 className="px-2 pb-1 font-medium">{title}</h2>
      {children}
    </section>
  );
}

function Facts({ facts }: { facts: { name: string; says: string }[] }) {
  return (
    <dl className="grid gap-1 px-2">
      {facts.map(({ name: term, says }) => (
        <div key={term} className="flex flex-wrap items-baseline justify-between gap-x-3">
          <dt className="mono">{term}</dt>
          <dd className="text-ink-muted text-sm">{says}</dd>
        </div>
      ))}
    </dl>
  );
}
