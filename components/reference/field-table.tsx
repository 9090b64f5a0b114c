import { cx } from "@/components/ui/class-names";
import type { SchemaRow } from "@/lib/contract/reference/describe-schema";
import { RichText } from "./rich-text";

type Props = {
  label: string;
  rows: readonly SchemaRow[];
  /** Whether it is sent to the API, where most fields are optional, or comes from it, where few are. */
  isRequest: boolean;
};

const CELL = "px-4 py-2 align-top max-md:block max-md:p-0";

/** A schema's fields, those of nested objects below their parent. */
export function FieldTable({ label, rows, isRequest }: Props) {
  if (rows.length === 0) return <p className="text-ink-muted px-4 py-2.5">An empty object.</p>;
  return (
    <table aria-label={label} className="w-full table-fixed text-left max-md:block">
      <thead className="text-ink-muted text-sm max-md:sr-only">
        <tr>
          <th className="w-[36%] px-4 py-1.5 font-medium">Field</th>
          <th className="w-[22%] px-4 py-1.5 font-medium">Type</th>
          <th className="px-4 py-1.5 font-medium">Description</th>
        </tr>
      </thead>
      <tbody className="max-md:block">
        {rows.map((row, index) =>
          row.kind === "case" ? (
            <tr key={index} className="bg-sunken border-t max-md:block">
              <th colSpan={3} className="px-4 py-1.5 text-sm font-medium max-md:block">
                {row.path.length > 0 && <span className="mono text-ink-muted">{row.path.join(".")} · </span>}
                <RichText text={row.text} />
              </th>
            </tr>
          ) : (
            <tr key={index} className="border-t max-md:grid max-md:gap-0.5 max-md:px-4 max-md:py-2">
              <th scope="row" className={cx(CELL, "font-normal wrap-anywhere")}>
                <FieldName path={row.path} />
                <Presence isRequired={row.isRequired} isRequest={isRequest} />
              </th>
              <td className={cx(CELL, "text-ink-muted wrap-anywhere")}>{row.type}</td>
              <td className={cx(CELL, "min-w-0")}>
                <Details {...row.details} />
              </td>
            </tr>
          ),
        )}
      </tbody>
    </table>
  );
}

/** The parents are muted, so that the eye finds the field's own name. */
function FieldName({ path }: { path: readonly string[] }) {
  const parents = path.slice(0, -1).map((part) => `${part}.`);
  return (
    <code className="mono">
      {parents.length > 0 && <span className="text-ink-faint">{parents.join("")}</span>}
      <span className="font-semibold">{path.at(-1) ?? "the body"}</span>
    </code>
  );
}

function Presence({ isRequired, isRequest }: { isRequired: boolean; isRequest: boolean }) {
  if (isRequired !== isRequest) return null;
  return <span className="text-ink-muted ml-2 text-sm">{isRequired ? "required" : "may be absent"}</span>;
}

type DetailsProps = Extract<SchemaRow, { kind: "field" }>["details"];

function Details({ text, values, limits, example }: DetailsProps) {
  return (
    <div className="grid gap-1">
      {text && (
        <p>
          <RichText text={text} />
        </p>
      )}
      {values.length > 0 && (
        <ul className="flex flex-wrap gap-x-1 gap-y-1" aria-label="Values">
          {values.map((value) => (
            <li key={value}>
              <code className="mono bg-sunken rounded-sm px-1 wrap-anywhere">{value}</code>
            </li>
          ))}
        </ul>
      )}
      {(limits.length > 0 || example) && (
        <p className="text-ink-muted text-sm leading-5">
          <RichText text={[...limits, ...(example ? [`for example \`${example}\``] : [])].join("; ")} />
        </p>
      )}
    </div>
  );
}
