import type { DemoAccounts } from "./accounts";

/** The text printed once everything runs: the only place where secrets appear on screen. */
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
    `Same as JSON: ${file}. API rate limit: 600,000 requests a minute (default: 1,200).`,
    `The customers' endpoints are at ${receiverOrigin}, on this machine: the demo allows private addresses ` +
      "(ALLOW_PRIVATE_CALLBACKS=true), which is for development only.",
    `Emails to staff, such as invitations, arrive at ${receiverOrigin}/mailbox.`,
    "Press Ctrl-C to stop.",
    "",
  ].join("\n");
}
