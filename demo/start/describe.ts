import type { DemoAccounts } from "./accounts";

type Facts = {
  baseUrl: string;
  receiverOrigin: string;
  file: string;
  /** Whether the demo has an identity provider. */
  hasSso: boolean;
};

/** The text printed once everything runs: the only place where secrets appear on screen. */
export function describeDemo(
  { baseUrl, receiverOrigin, file, hasSso }: Facts,
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
    hasSso
      ? "  or continue with Demo SSO, and choose who you are."
      : "  (DEMO_SSO=1 adds single sign-on with an identity provider.)",
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
