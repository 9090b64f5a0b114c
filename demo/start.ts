import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { type Child, startChild } from "@/demo/start/child";
import { describeDemo } from "@/demo/start/describe";
import { takeDemoLock } from "@/demo/start/lock";
import { openGivenDatabase, openOwnDatabase, removeOwnDatabase } from "@/demo/start/open-database";
import { prepareData } from "@/demo/start/prepare-data";
import { writePrivateJson } from "@/demo/start/private-file";
import { keepReceiverPort } from "@/demo/start/receiver-port";
import { keepSecrets } from "@/demo/start/secrets";
import { settingsOfServers, settingsOfSimulator, settingsOfWorker } from "@/demo/start/settings";
import { findFreePort } from "@/lib/platform/db/free-port";
import { runCommand } from "@/lib/platform/run-command";
import { ensureBuild } from "@/lib/platform/server/ensure-build";
import { checkPort } from "@/lib/platform/server/port";
import { SetupProblem } from "@/lib/platform/setup-problem";

const HOST = "127.0.0.1";
const inData = (...names: string[]) => path.join(".data", ...names);
const logFile = (name: string) => inData("logs", `${name.replaceAll(" ", "-")}.log`);
const say = (line: string) => void process.stdout.write(`${line}\n`);

/** Stops each started part, in reverse order: web server, worker, simulator, database. */
const stops: (() => Promise<void>)[] = [];
const interrupt = new AbortController();
const { signal } = interrupt;
for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, () => interrupt.abort());
// Even an internal error must not leave the other processes running.
let fault: unknown;
process.on("uncaughtException", (error) => {
  fault ??= error;
  interrupt.abort();
});
// Closing the terminal must not prevent an orderly shutdown.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});

/** The database log's details of a client's error. */
let explain = (error: unknown): Promise<unknown> => Promise.resolve(error);

await runCommand(async () => {
  const isFresh = readArguments();
  await mkdir(inData("logs"), { recursive: true, mode: 0o711 });
  stops.push(await takeDemoLock(inData("demo.lock")));
  try {
    await runDemo(isFresh);
  } catch (error) {
    if (fault || !signal.aborted) throw await explain(fault ?? error);
  } finally {
    if (stops.length > 1) say("Stopping …");
    for (const stop of stops.reverse()) await stop();
  }
});
process.exit(0);

/** Starts every part, and runs until one of them exits or the person stops the demo. */
async function runDemo(isFresh: boolean): Promise<never> {
  const port = await checkPort(process.env["PORT"] || "3000", HOST);
  const baseUrl = `http://${HOST}:${port}`;
  const receiverPort = await keepReceiverPort(inData("receiver.json"), HOST, process.env["RECEIVER_PORT"]);
  const receiverOrigin = `http://${HOST}:${receiverPort}`;
  const database = await openDatabase(isFresh);
  stops.push(database.stop);
  explain = database.explain;
  signal.throwIfAborted();
  const { ownerUrl } = database;
  const secrets = await keepSecrets(inData("secrets.json"));
  const isGiven = Boolean(process.env["DATABASE_URL"]);
  const data = { ownerUrl, isGiven, secrets, accountsFolder: inData(), receiverOrigin, isFresh, say };
  const { webUrl, workerUrl, accounts, customersFile } = await prepareData(data);
  const checkpoints = inData("checkpoints");
  // Remove copies of a deleted trail: they would conflict with the new trail's.
  if (isFresh) await rm(checkpoints, { recursive: true, force: true });
  await mkdir(checkpoints, { recursive: true });
  signal.throwIfAborted();
  const onBuild = () => say("Building for production (about a minute) …");
  await ensureBuild({ distDir: ".next", logFile: logFile("build"), onBuild, signal });

  say("Starting the simulator, the worker and the web server …");
  const smtpPort = await findFreePort();
  const facts = { host: HOST, port, baseUrl, databaseUrl: webUrl, smtpPort, secrets };
  // Starts first, because the worker calls its endpoint; it waits for the web server.
  const simulatorSettings = settingsOfSimulator(facts, { receiverPort, customersFile });
  const simulator = startPart("provider simulator", "demo/simulator.ts", simulatorSettings);
  await Promise.race([simulator.message, simulator.ended, untilInterrupted()]);
  const worker = startPart(
    "worker",
    "scripts/worker.ts",
    settingsOfWorker({ ...facts, databaseUrl: workerUrl }, checkpoints),
  );
  const sso = await startSso(baseUrl);
  const web = startPart("web server", "scripts/serve.ts", { ...settingsOfServers(facts), ...sso });
  await Promise.race([web.message, web.ended, worker.ended, simulator.ended, untilInterrupted()]);
  await writePrivateJson(inData("demo.json"), {
    base_url: baseUrl,
    database_url: webUrl,
    database_owner_url: ownerUrl,
    provider_secret: secrets.providerSecret,
    ...accounts,
  });
  say(
    describeDemo(
      { baseUrl, receiverOrigin, file: inData("demo.json"), hasSso: "OIDC_PROVIDERS" in sso },
      accounts,
    ),
  );
  return Promise.race([worker.ended, web.ended, simulator.ended, database.ended, untilInterrupted()]);
}

/** With DEMO_SSO=1, starts an identity provider. */
async function startSso(baseUrl: string): Promise<Record<string, string>> {
  if (process.env["DEMO_SSO"] !== "1") return {};
  // Its URL identifies the accounts, so it stays the same.
  const port = await keepReceiverPort(inData("openid-provider.json"), HOST);
  const settings = { ...process.env, BASE_URL: baseUrl, OPENID_PORT: String(port) };
  const provider = startPart("identity provider", "demo/openid-provider.ts", settings);
  const message = await Promise.race([provider.message, provider.ended, untilInterrupted()]);
  return { OIDC_PROVIDERS: String(message) };
}

async function openDatabase(isFresh: boolean) {
  const given = process.env["DATABASE_URL"];
  if (given) return openGivenDatabase(given);
  const home = path.resolve(inData("postgres"));
  if (isFresh) {
    say("Removing the old data …");
    await removeOwnDatabase(home);
  }
  say("Starting PostgreSQL …");
  return openOwnDatabase(home, signal);
}

function startPart(name: string, script: string, env: NodeJS.ProcessEnv): Child {
  signal.throwIfAborted();
  const child = startChild({ name, script, env, logFile: logFile(name) });
  stops.push(child.stop);
  return child;
}

function untilInterrupted(): Promise<never> {
  return new Promise((_resolve, reject) => {
    const interrupted = () => reject(signal.reason as Error);
    if (signal.aborted) interrupted();
    else signal.addEventListener("abort", interrupted, { once: true });
  });
}

function readArguments(): boolean {
  const unknown = process.argv.slice(2).filter((argument) => argument !== "--fresh");
  if (unknown.length > 0)
    throw new SetupProblem(`Unknown option ${unknown.join(" ")}. The demo takes only --fresh.`);
  return process.argv.includes("--fresh");
}
