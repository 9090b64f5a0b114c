import { Panel } from "@/components/ui/panel";
import { ThingHeader } from "@/components/ui/thing-header";
import { paths } from "@/lib/client/paths";
import type { BasicsSection } from "@/lib/contract/reference/basics";
import { RichText } from "./rich-text";
import { Sample } from "./sample";
import { SECTION_LINK } from "./section-link";

/** Everything that operations share: credentials, errors, retries, limits. */
export function BasicsDetails({ sections }: { sections: readonly BasicsSection[] }) {
  return (
    <>
      <ThingHeader
        back={{ href: paths.reference(), text: "API reference" }}
        title="Basics"
        about={
          <nav aria-label="Sections" className="flex flex-wrap gap-x-4">
            {sections.map(({ id, title }) => (
              <a key={id} href={`#${id}`} className={SECTION_LINK}>
                {title}
              </a>
            ))}
          </nav>
        }
      />
      <div className="grid gap-4 p-4 lg:p-6">
        {sections.map((section) => (
          <Panel key={section.id} id={section.id} title={section.title}>
            <div className="grid max-w-3xl gap-2 px-4 py-3">
              {section.paragraphs.map((paragraph) => (
                <p key={paragraph}>
                  <RichText text={paragraph} />
                </p>
              ))}
              {section.sample && <Sample id={`${section.id}-sample`} {...section.sample} />}
            </div>
            {section.table && <BasicsTable title={section.title} {...section.table} />}
          </Panel>
        ))}
      </div>
    </>
  );
}

const CELL = "px-4 py-1.5 align-top wrap-anywhere max-md:block max-md:p-0";

type TableProps = { title: string } & NonNullable<BasicsSection["table"]>;

const BasicsTable = ({ title, head, rows }: TableProps) => (
  <table aria-label={title} className="w-full border-t text-left max-md:block">
    <thead className="text-ink-muted text-sm max-md:sr-only">
      <tr>
        {head.map((text) => (
          <th key={text} className="px-4 py-1.5 font-medium">
            {text}
          </th>
        ))}
      </tr>
    </thead>
    <tbody className="max-md:block">
      {rows.map((row) => (
        <tr key={row.join(" ")} className="border-t max-md:block max-md:px-4 max-md:py-2">
          {row.map((text, index) => (
            <td key={head[index]} className={CELL}>
              <RichText text={text} />
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  </table>
);
