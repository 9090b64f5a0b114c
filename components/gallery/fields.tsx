import { Field, Input, inputStyle } from "@/components/ui/field";
import { Section } from "./section";

export function Fields() {
  return (
    <Section
      id="fields"
      title="Fields"
      about="A label above; a hint or an error below, in the same place. An error is a sentence that says how to fix it."
    >
      <div className="grid gap-4 sm:grid-cols-2 xl:grid-cols-3">
        <Field id="gallery-plain" label="Description">
          <Input id="gallery-plain" placeholder="Their staging system" />
        </Field>
        <Field
          id="gallery-hint"
          label="Times the p95"
          hint={<p className="text-ink-muted text-sm">The p95 is 1 min: a run is stuck after 2 min.</p>}
        >
          <Input id="gallery-hint" defaultValue="2" className="max-w-28 tabular-nums" />
        </Field>
        <Field id="gallery-error" label="Address" error="Enter an address that begins with https://.">
          <Input
            id="gallery-error"
            defaultValue="ftp://hooks.example.com"
            error="Enter an address that begins with https://."
          />
        </Field>
        <Field id="gallery-select" label="Model">
          <select id="gallery-select" className={inputStyle("h-8")}>
            <option>runflow/background-removal</option>
            <option>google/nano-banana-2</option>
          </select>
        </Field>
        <Field id="gallery-text" label="Reason">
          <textarea
            id="gallery-text"
            rows={3}
            defaultValue="Ticket #4821: duplicate submission"
            className={inputStyle("min-h-20 resize-y py-1.5")}
          />
        </Field>
        <fieldset>
          <legend className="font-medium">For whom</legend>
          <div className="mt-1.5 grid gap-1.5">
            {["Own", "The team"].map((name, index) => (
              <label key={name} className="flex min-h-6 items-center gap-2.5">
                <input type="radio" name="gallery-scope" defaultChecked={index === 0} className="size-3.5" />
                {name}
              </label>
            ))}
            <label className="flex min-h-6 items-center gap-2.5">
              <input type="checkbox" defaultChecked className="size-3.5" />
              Replace its filters
            </label>
            <label className="flex min-h-6 items-center gap-2.5">
              <input type="checkbox" className="size-3.5" />
              Tell the team
            </label>
          </div>
        </fieldset>
      </div>
    </Section>
  );
}
