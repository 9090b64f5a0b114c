import { runCommand } from "@/lib/platform/run-command";
import { settingsOf, startOpenIdProvider } from "@/test/openid-provider";

const NAME = "Demo SSO";

/** Each has a button on the sign-in page; the group decides the role. */
const ACCOUNTS = [
  { sub: "demo-support", name: "Sol Support", groups: ["support"] },
  { sub: "demo-auditor", name: "Aki Auditor", groups: ["auditor"] },
  { sub: "demo-admin", name: "Ada Admin", groups: ["admin"] },
  { sub: "demo-nobody", name: "Noor Newcomer", groups: [] },
];

/** Plays the company's identity provider, and sends the settings that let the console use it. */
await runCommand(async () => {
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => process.exit(0));
  const provider = await startOpenIdProvider(Number(process.env["OPENID_PORT"]));
  provider.addConsole(process.env["BASE_URL"]!, "demo");
  for (const account of ACCOUNTS) provider.setAccount(account);
  process.send?.(JSON.stringify([settingsOf(provider, { id: "demo", name: NAME })]));
});
