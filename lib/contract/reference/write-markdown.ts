import type { BasicsSection } from "./basics";
import type { SchemaRow } from "./describe-schema";
import type { OperationPage, ReferenceGroup } from "./read-document";
import { sayCallers, sayLimit } from "./say-callers";

const TITLE = "Runflow API";

/** The index for language models (llmstxt.org): every page with its address. */
export function writeLlmsTxt(groups: readonly ReferenceGroup[], origin: string): string {
  const address = (page: string) => `${origin}/reference/${page}.md`;
  return `# ${TITLE}

> Runs of AI models, and the admin operations that find and cancel them. Each page below is Markdown; without \`.md\`, its
> address is the page for people. ${origin}/v1/openapi.json is the OpenAPI 3.1 document.

## Basics

- [Credentials, errors, retries, limits, lists](${address("basics")})
${groups
  .map(
    ({ title, operations }) =>
      `\n## ${title}\n\n${operations
        .map((each) => `- [${each.title}](${address(each.id)}): ${each.method} ${each.path}\n`)
        .join("")}`,
  )
  .join("")}`;
}

export const writeBasics = (sections: readonly BasicsSection[]): string =>
  [
    `# ${TITLE}: basics`,
    ...sections.flatMap(({ title, paragraphs, sample, table }) => [
      `## ${title}`,
      ...paragraphs,
      ...(sample ? [fence(sample.text)] : []),
      ...(table ? [writeTable(table.head, table.rows)] : []),
    ]),
  ].join("\n\n") + "\n";

export function writeOperation(operation: OperationPage): string {
  const { title, method, path, text, parameters, body, answers, errors, curl, auditAction } = operation;
  const facts = [...sayCallers(operation.callers), sayLimit(operation)];
  if (auditAction) facts.push(`Writes the audit entry \`${auditAction}\`.`);
  return (
    [
      `# ${title}`,
      `\`${method} ${path}\``,
      ...(text ? [text] : []),
      fence(curl),
      "## Who may call it",
      facts.map((fact) => `- ${fact}`).join("\n"),
      ...parameters.flatMap(({ place, rows }) => [
        `## ${place[0]!.toUpperCase()}${place.slice(1)} parameters`,
        writeRows(rows, "required"),
      ]),
      ...(body
        ? [
            `## Body (${body.isRequired ? "required" : "optional"})`,
            ...(body.text ? [body.text] : []),
            writeRows(body.rows, "required"),
          ]
        : []),
      ...answers.flatMap((answer) => [
        `## ${answer.statuses.map(({ status }) => status).join(" and ")}`,
        ...answer.statuses.map(({ status, text }) => `${status}: ${text} (${answer.types.join(", ")})`),
        writeRows(answer.rows, "always"),
      ]),
      "## Errors",
      writeTable(
        ["Status", "Code", "Message"],
        errors.flatMap(({ status, codes }) => codes.map(({ code, text }) => [status, `\`${code}\``, text])),
      ),
    ].join("\n\n") + "\n"
  );
}

function writeRows(rows: readonly SchemaRow[], always: string): string {
  if (rows.length === 0) return "An empty object.";
  return writeTable(
    ["Field", "Type", "Description"],
    rows.map((row) => {
      if (row.kind === "case") return [`*${row.text}:*`, "", ""];
      const { text, values, limits, example } = row.details;
      const parts = [
        row.isRequired ? "" : always === "required" ? "Optional." : "May be absent.",
        text,
        values.length > 0 && `One of: ${values.map((value) => `\`${value}\``).join(", ")}.`,
        limits.length > 0 && `${capitalize(limits.join(", "))}.`,
        example && `Example: \`${example}\``,
      ];
      return [`\`${row.path.join(".") || "(the body)"}\``, row.type, parts.filter(Boolean).join(" ")];
    }),
  );
}

const capitalize = (text: string): string => text[0]!.toUpperCase() + text.slice(1);
const fence = (text: string): string => `\`\`\`\n${text}\n\`\`\``;
const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ");

const writeTable = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => "---"), ...rows].map((row) => `| ${row.map(cell).join(" | ")} |`).join("\n");
