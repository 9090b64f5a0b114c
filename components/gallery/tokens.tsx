import { cx } from "@/components/ui/class-names";
import { Section, Specimen } from "./section";

/** Tailwind finds class names only if they are written in full. */
const COLORS: { name: string; swatches: Record<string, string> }[] = [
  {
    name: "Backgrounds",
    swatches: { canvas: "bg-canvas", surface: "bg-surface", sunken: "bg-sunken", hover: "bg-hover" },
  },
  { name: "Lines", swatches: { line: "bg-line", "line-strong": "bg-line-strong", control: "bg-control" } },
  { name: "Ink", swatches: { ink: "bg-ink", "ink-muted": "bg-ink-muted", "ink-faint": "bg-ink-faint" } },
  {
    name: "Accent: links, buttons and the focus",
    swatches: { accent: "bg-accent", "accent-solid": "bg-accent-solid", "accent-tint": "bg-accent-tint" },
  },
  {
    name: "Danger: irreversible actions and errors",
    swatches: { danger: "bg-danger", "danger-solid": "bg-danger-solid", "danger-tint": "bg-danger-tint" },
  },
  {
    name: "Success and warning: results and things to check; found text",
    swatches: {
      success: "bg-success",
      "success-tint": "bg-success-tint",
      warn: "bg-warn",
      "warn-tint": "bg-warn-tint",
      found: "bg-found",
    },
  },
  {
    name: "Statuses of a run",
    swatches: {
      queued: "bg-status-queued",
      dispatching: "bg-status-dispatching",
      running: "bg-status-running",
      succeeded: "bg-status-succeeded",
      partial: "bg-status-partial",
      failed: "bg-status-failed",
      canceled: "bg-status-canceled",
    },
  },
];

const TYPE = [
  { name: "lg, 16/24", style: "text-lg font-semibold", use: "page and dialog titles" },
  { name: "md, 14/20", style: "text-md font-semibold", use: "section titles" },
  { name: "base, 13/20", style: "text-base", use: "body text" },
  { name: "sm, 12/16", style: "text-sm text-ink-muted", use: "hints and times" },
  { name: "xs, 11/16", style: "text-xs text-ink-muted", use: "keyboard keys, chart labels" },
  { name: "mono", style: "mono", use: "ids, addresses, code: 0196f1a0…a9c41e" },
];

const SPACE = { "1, 4 px": "w-1", "2, 8 px": "w-2", "3, 12 px": "w-3", "4, 16 px": "w-4", "6, 24 px": "w-6" };
const RADIUS = {
  "sm, 4 px": "rounded-sm",
  "6 px": "rounded",
  "lg, 10 px": "rounded-lg",
  full: "rounded-full",
};

export function Tokens() {
  return (
    <Section
      id="tokens"
      title="Tokens"
      about="Colors, type, spacing and radii are named tokens; no component uses a raw value."
    >
      <div className="grid gap-4 sm:grid-cols-2 xl:grid-cols-3">
        {COLORS.map(({ name, swatches }) => (
          <Specimen key={name} name={name}>
            <Swatches swatches={swatches} />
          </Specimen>
        ))}
      </div>
      <Specimen name="Type: size and line">
        <dl className="grid gap-2">
          {TYPE.map(({ name, style, use }) => (
            <div key={name} className="grid grid-cols-[6rem_minmax(0,1fr)] items-baseline gap-3">
              <dt className="text-ink-muted text-sm">{name}</dt>
              <dd className={style}>{use}</dd>
            </div>
          ))}
        </dl>
      </Specimen>
      <div className="grid gap-4 sm:grid-cols-2">
        <Specimen name="Space: a grid of 4 px">
          <ul className="grid gap-1.5">
            {Object.entries(SPACE).map(([name, width]) => (
              <li key={name} className="flex items-center gap-3 text-sm">
                <span className="w-20">{name}</span>
                <span className={cx("bg-accent-solid h-3", width)} />
              </li>
            ))}
          </ul>
        </Specimen>
        <Specimen name="Radius">
          <ul className="flex flex-wrap gap-3">
            {Object.entries(RADIUS).map(([name, radius]) => (
              <li key={name} className="grid justify-items-center gap-1 text-sm">
                <span className={cx("border-control bg-surface size-12 border", radius)} />
                {name}
              </li>
            ))}
          </ul>
        </Specimen>
      </div>
    </Section>
  );
}

function Swatches({ swatches }: { swatches: Record<string, string> }) {
  return (
    <ul className="flex flex-wrap gap-2">
      {Object.entries(swatches).map(([name, style]) => (
        <li key={name} className="grid w-18 gap-1 text-xs">
          <span className={cx("border-line-strong h-8 rounded-sm border", style)} />
          {name}
        </li>
      ))}
    </ul>
  );
}
