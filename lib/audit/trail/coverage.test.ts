import { format, resolveConfig } from "prettier";
import { expect, test } from "vitest";
import { anyone, defineOperation, type Operation } from "@/lib/contract/operation";
import { OPERATIONS } from "@/lib/contract/operations";
import { createTasks } from "@/lib/platform/jobs/tasks";
import { AUDIT_ACTIONS, AUDIT_TARGETS, type AuditAction } from "@/lib/states/audit-entry";
import { ACTIONS, OTHER_CHANGES } from "./coverage";

const DOCUMENT = "docs/audit-actions.md";

const nameOf = ({ method, path }: Operation): string => `\`${method} ${path}\``;
const leavingNone = (operation: Operation) =>
  typeof operation.audits === "object" ? operation.audits : undefined;

function writersOf(action: AuditAction): string[] {
  const operations = OPERATIONS.filter(({ audits }) => audits === action).map(nameOf);
  const others = Object.entries(OTHER_CHANGES).filter(
    ([, change]) => "audits" in change && change.audits.includes(action),
  );
  return [...operations, ...others.map(([name]) => name)];
}

const PLACES = {
  customer: "In the customer's chain.",
  platform: "In the platform's own chain.",
  either: "In the customer's chain for an inference key, in the platform's own for a service key.",
};

function describe(): string {
  const actions = AUDIT_ACTIONS.map((action) => {
    const { chain, says } = ACTIONS[action];
    return `- \`${action}\`: ${says} ${PLACES[chain]} Left by: ${writersOf(action).join(", ")}.`;
  });
  const exempt = [
    ...OPERATIONS.flatMap((operation) => {
      const none = leavingNone(operation);
      return none ? [`- ${nameOf(operation)}: ${none.exempt}`] : [];
    }),
    ...Object.entries(OTHER_CHANGES).flatMap(([name, change]) =>
      "exempt" in change ? [`- ${name}: ${change.exempt}`] : [],
    ),
  ];
  return `# What the audit trail records

Generated from the operations' declarations and \`lib/audit/trail/coverage.ts\`. A test fails when it is out of date;
\`npx vitest run --project unit ${"lib/audit/trail/coverage"} -u\` updates it.

Every change writes exactly one entry, in its own transaction, so neither exists without the other. Requests that change
nothing write none. Refused and failed attempts are security events, not entries. An action begins with its target.

## Actions

${actions.join("\n")}

## Changes without an entry

${exempt.join("\n")}

The database itself refuses a transaction that creates or changes a person without the entry.
`;
}

test("docs/audit-actions.md: is up to date", async () => {
  const text = await format(describe(), { ...(await resolveConfig(DOCUMENT)), parser: "markdown" });
  await expect(text).toMatchFileSnapshot(`../../../${DOCUMENT}`);
});

test("every action: has a writer, and a target named before its dot", () => {
  for (const action of AUDIT_ACTIONS) expect(AUDIT_TARGETS).toContain(action.split(".")[0]);
  const unused = AUDIT_ACTIONS.filter((action) => writersOf(action).length === 0);
  expect(unused).toEqual([]);
});

test("every worker task: declares its audit entries", () => {
  const tasks = Object.keys(createTasks({} as never, {} as never, {} as never)).map((name) => `Task ${name}`);
  const known = Object.keys(OTHER_CHANGES).filter((name) => name.startsWith("Task "));
  expect(known.toSorted()).toEqual(tasks.toSorted());
});

test("operation that may change something without declaring an action: doesn't compile", () => {
  const rest = { id: "x", path: "/v1/x", summary: "", access: anyone, responses: {} } as const;
  // @ts-expect-error: no `audits`
  expect(defineOperation({ ...rest, method: "POST" })).toBeDefined();
  // @ts-expect-error: not an action of the closed set
  expect(defineOperation({ ...rest, method: "GET", audits: "x.read" })).toBeDefined();
});
