import type { Operation } from "../operation";
import { PROVIDER_SIGNATURE_HEADER } from "../provider";
import { type Example, EXAMPLES } from "./examples";

type Server = { /** Such as `https://console.example.com`. */ origin: string; sessionCookie: string };

/** Which variable an `{id}` is, by the resource before it. */
const IDS: Record<string, string> = {
  runs: "RUN_ID",
  models: "MODEL_ID",
  "audit-log": "ENTRY_ID",
  views: "VIEW_ID",
  webhooks: "WEBHOOK_ID",
  "callback-secrets": "SECRET_ID",
};

/** A command for a POSIX shell that calls the operation, once its variables are set. */
export function writeCurl(operation: Operation, server: Server): string {
  const example = EXAMPLES[operation.id] ?? {};
  const path = fillPath(operation.path, example);
  if (operation.access.by === "provider") return writeSigned(operation, path, example, server);
  const { body, query } = example;
  const lines = [
    `curl ${query ? "-G " : ""}${methodFlag(operation, body)}"${server.origin}${path}"`,
    ...writeCredential(operation, server),
    ...(example.namesOrganization ? ['-H "X-Organization-Id: $ORGANIZATION_ID"'] : []),
    ...Object.entries(example.headers ?? {}).map(([name, value]) => `-H '${name}: ${value}'`),
    ...Object.entries(query ?? {}).map(([name, value]) => writeParameter(name, value)),
    ...writeBody(body),
  ];
  return lines.join(" \\\n  ");
}

/** curl sends POST if there is a body, otherwise GET. `-N` prints a stream as it arrives. */
function methodFlag({ method, responses }: Operation, body: Example["body"]): string {
  const isStream = responses[200]?.mediaType === "text/event-stream";
  if (isStream) return "-N ";
  return method === (body ? "POST" : "GET") ? "" : `-X ${method} `;
}

const fillPath = (path: string, { path: given = {} }: Example): string =>
  path
    .replace("{owner}/{slug}", "$MODEL")
    .replaceAll(/([\w-]+)\/\{(\w+)\}/g, (_match, resource: string, name: string) => {
      const variable = name === "id" ? IDS[resource] : name.toUpperCase();
      return `${resource}/${given[name] ?? `$${variable}`}`;
    });

function writeCredential({ access }: Operation, { origin, sessionCookie }: Server): string[] {
  if (access.by !== "credential") return [];
  if (!access.session) return ['-H "Authorization: Bearer $RUNFLOW_KEY"'];
  return [`-H "Cookie: ${sessionCookie}=$RUNFLOW_SESSION"`, `-H "Origin: ${origin}"`];
}

const writeParameter = (name: string, value: string): string =>
  `--data-urlencode ${hasVariable(value) ? `"${name}=${value}"` : `'${name}=${value}'`}`;

const JSON_HEADER = "-H 'Content-Type: application/json'";

/** A here-document where the shell fills in variables. */
function writeBody(body: Example["body"]): string[] {
  if (!body) return [];
  const text = JSON.stringify(body);
  if (!hasVariable(text)) return [JSON_HEADER, `-d '${text.length < 72 ? spaced(text) : pretty(body)}'`];
  return [JSON_HEADER, `-d @- <<JSON\n${pretty(body)}\nJSON`];
}

/** The signature covers the time, the method, the path and the body. */
const writeSigned = ({ method }: Operation, path: string, { body }: Example, { origin }: Server): string =>
  `NOW=$(date -u +%Y-%m-%dT%H:%M:%SZ)
TIME=$(date +%s)
EVENT_PATH="${path}"
BODY=$(cat <<JSON
${JSON.stringify(body)}
JSON
)
SIGNATURE=$(printf 'v2\\n%s\\n${method}\\n%s\\n%s' "$TIME" "$EVENT_PATH" "$BODY" |
  openssl dgst -sha256 -hmac "$PROVIDER_SECRET" -r | cut -d ' ' -f 1)
curl "${origin}$EVENT_PATH" \\
  -H "${PROVIDER_SIGNATURE_HEADER}: t=$TIME,v2=$SIGNATURE" \\
  ${JSON_HEADER} \\
  -d "$BODY"`;

const hasVariable = (text: string): boolean => /\$[A-Z]/.test(text);
/** `#$NAME` is a variable that holds a number. */
const pretty = (body: unknown): string => JSON.stringify(body, null, 2).replaceAll(/"#(\$[A-Z_]+)"/g, "$1");
const spaced = (text: string): string =>
  JSON.stringify(JSON.parse(text), null, 1).replaceAll(/\s*\n\s*/g, " ");
