import type { DemoAccounts } from "./accounts";

/** What the demo prints once everything runs: the only place where its secrets appear on a screen. */
export function describeDemo(
  { baseUrl, receiverOrigin, file }: { baseUrl: string; receiverOrigin: string; file: string },
  { people, keys }: DemoAccounts,
): string {
  const width = Math.max(...people.map(({ email }) => email.length));
  const role = Math.max(...people.map((person) => person.role.length));
  const signIns = people.map(
    (person) => `  ${person.role.padEnd(role)}  ${person.email.padEnd(width)}  ${person.password}`,
  );
  const keyWidth = Math.max(...Object.keys(keys).map((name) => name.length));
  const keyLines = Object.entries(keys).map(([name, key]) => `  ${name.padEnd(keyWidth)}  ${key}`);
  return [
    "",
    `Runflow console: ${baseUrl}`,
    "",
    "Sign in with",
    ...signIns,
    "",
    "Call the API with",
    ...keyLines,
    "",
    `The same for scripts: ${file}. API callers are limited to 600,000 requests a minute here, 1,200 by default.`,
    `Customers hear about their runs at ${receiverOrigin}, an address on this machine: the demo allows private addresses ` +
      "(ALLOW_PRIVATE_CALLBACKS=true), which is for development only.",
    "Ctrl-C ends everything.",
    "",
  ].join("\n");
}
