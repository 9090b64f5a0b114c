import { DEMO_INTEGRATIONS } from "@/demo/seed/customers";
import type { DemoCustomer } from "@/demo/start/customers";
import { readPrivateJson } from "@/demo/start/private-file";
import { log } from "@/lib/platform/log";
import { runCommand } from "@/lib/platform/run-command";
import { explainListening } from "@/lib/platform/server/port";
import { SetupProblem } from "@/lib/platform/setup-problem";
import { openApi } from "./simulator/api";
import { playCustomers } from "./simulator/customer";
import { type ReceivedMail, startMailServer } from "./simulator/mail-server";
import { playProvider } from "./simulator/provider";
import { type ReceivingCustomer, startReceiver } from "./simulator/receiver";
import { readSettings } from "./simulator/settings";

/**
 * Plays the outside world over HTTP: customers who create runs and receive callbacks, the provider, which
 * executes all runs, with failures and late, repeated and misordered reports, and everyone's mailbox.
 */
await runCommand(async () => {
  const { BASE_URL, PROVIDER_SECRET, CUSTOMERS_FILE, RECEIVER_PORT, SMTP_PORT, RUNS_PER_MINUTE } =
    readSettings(process.env);
  const customers = await readPrivateJson<DemoCustomer[]>(CUSTOMERS_FILE);
  if (!customers) throw new SetupProblem(`No customer file at ${CUSTOMERS_FILE}.`);
  const stop = new AbortController();
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.on(signal, () => {
      stop.abort();
      process.exit(0); // nothing is lost: the next simulator continues
    });
  }
  const mails: ReceivedMail[] = [];
  await startMailServer({ port: SMTP_PORT, onMail: (mail) => keepMail(mails, mail) }).catch(
    (error: unknown) => {
      throw explainListening(error, SMTP_PORT, "127.0.0.1");
    },
  );
  const { origin } = await startReceiver({
    port: RECEIVER_PORT,
    customers: customers.map(toReceiving),
    mails,
  }).catch((error: unknown) => {
    throw explainListening(error, RECEIVER_PORT, "127.0.0.1");
  });
  process.send?.({ port: RECEIVER_PORT });
  const api = openApi(BASE_URL, stop.signal);
  log.info({ base_url: BASE_URL, runs_per_minute: RUNS_PER_MINUTE, origin }, "simulator started");
  const keys = customers.map(({ key }) => key.text);
  await Promise.all([
    playCustomers({ api, origin, runsPerMinute: RUNS_PER_MINUTE, stop: stop.signal }, customers),
    playProvider({ api, secret: PROVIDER_SECRET, stop: stop.signal }, keys),
  ]);
});

const MOST_MAILS = 200;

function keepMail(mails: ReceivedMail[], mail: ReceivedMail): void {
  if (mails.push(mail) > MOST_MAILS) mails.shift();
}

function toReceiving({ slug, secrets }: DemoCustomer): ReceivingCustomer {
  const { misbehaves } = DEMO_INTEGRATIONS.find((integration) => integration.slug === slug) ?? {};
  return { slug, secrets: secrets.map(({ text }) => text), ...(misbehaves && { misbehaves }) };
}
