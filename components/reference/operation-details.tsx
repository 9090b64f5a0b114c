import { CopyButton } from "@/components/ui/copy-button";
import { Panel } from "@/components/ui/panel";
import { ThingHeader } from "@/components/ui/thing-header";
import { paths } from "@/lib/client/paths";
import type { OperationPage } from "@/lib/contract/reference/read-document";
import { CallersPanel } from "./callers-panel";
import { ErrorTable } from "./error-table";
import { FieldTable } from "./field-table";
import { Method } from "./method";
import { RichText } from "./rich-text";
import { Sample } from "./sample";

const PLACES = { path: "Path parameters", query: "Query parameters", header: "Headers" };

/** The page of one operation. */
export function OperationDetails({ operation, groupId }: { operation: OperationPage; groupId: string }) {
  const { id, method, path, title, text, group, parameters, body, answers, errors, curl } = operation;
  return (
    <>
      <ThingHeader
        back={{ href: `${paths.reference()}#${groupId}`, text: `API reference · ${group}` }}
        title={title}
        about={
          <span className="flex flex-wrap items-center gap-x-2">
            <Method method={method} />
            <span className="flex min-w-0 items-center gap-1">
              <code className="mono text-ink min-w-0 wrap-anywhere">{path}</code>
              <CopyButton text={path} what="path" />
            </span>
          </span>
        }
      />
      <div className="grid items-start gap-4 p-4 lg:p-6 xl:grid-cols-[minmax(0,1fr)_28rem]">
        <div className="grid min-w-0 gap-4">
          {text && (
            <p className="max-w-3xl">
              <RichText text={text} />
            </p>
          )}
          {parameters.map(({ place, rows }) => (
            <Panel key={place} id={place} title={PLACES[place]}>
              <FieldTable label={PLACES[place]} rows={rows} isRequest />
            </Panel>
          ))}
          {body && (
            <Panel id="body" title="Body" aside={<Aside text={body.isRequired ? "required" : "optional"} />}>
              {body.text && (
                <p className="border-b px-4 py-2">
                  <RichText text={body.text} />
                </p>
              )}
              <FieldTable label="Body" rows={body.rows} isRequest />
            </Panel>
          )}
          {answers.map((answer) => (
            <AnswerPanel key={answer.statuses[0]!.status} {...answer} />
          ))}
          <Panel id="errors" title="Errors">
            <ErrorTable errors={errors} />
          </Panel>
        </div>
        <div className="grid min-w-0 gap-4 max-xl:order-first xl:sticky xl:top-16">
          <Sample id="curl" title="curl" what="command" text={curl} hint={nameVariables(curl)} />
          <CallersPanel operation={operation} />
          <p className="text-sm">
            <a href={paths.operationText(id)} className="text-accent hover:underline">
              This page as Markdown
            </a>
          </p>
        </div>
      </div>
    </>
  );
}

function AnswerPanel({ statuses, types, rows }: OperationPage["answers"][number]) {
  const title = `${statuses.map(({ status }) => status).join(" and ")} response`;
  return (
    <Panel id={`status-${statuses[0]!.status}`} title={title} aside={<Aside text={types.join(", ")} />}>
      <div className="grid gap-1 border-b px-4 py-2">
        {statuses.map(({ status, text }) => (
          <p key={status}>
            {statuses.length > 1 && <span className="font-medium">{status}: </span>}
            <RichText text={text} />
          </p>
        ))}
      </div>
      <FieldTable label={title} rows={rows} isRequest={false} />
    </Panel>
  );
}

const Aside = ({ text }: { text: string }) => <span className="text-ink-muted text-sm">{text}</span>;

/** The variables that a command expects, besides those that it sets. */
function nameVariables(command: string): string {
  const used = [...command.matchAll(/\$([A-Z][A-Z_]+)/g)].map((match) => match[1]!);
  const set = [...command.matchAll(/^([A-Z_]+)=/gm)].map((match) => match[1]!);
  const names = [...new Set(used)].filter((name) => !set.includes(name));
  if (names.length === 0) return "Works when pasted.";
  return `Works when pasted, once ${names.map((name) => `\`${name}\``).join(", ")} ${names.length > 1 ? "are" : "is"} set.`;
}
