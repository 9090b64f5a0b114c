// Sets up a fresh clone, then runs a program in it: node scripts/bootstrap.mjs <program> [arguments]
//
// It runs before anything is installed, on the system's Node, so it is plain JavaScript without dependencies.
// The program itself runs on the Node version that the lock file pins.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const project = fileURLToPath(new URL("..", import.meta.url));
const inProject = (/** @type {string[]} */ ...parts) => path.join(project, ...parts);
const pinnedNode = inProject("node_modules/node/bin/node");
const generatedStamp = inProject("generated/prisma.sha256");
const setupLock = inProject(".data/setup.lock");

requireNode(20, 19);
process.chdir(project);
await setUp();
const [program, ...args] = process.argv.slice(2);
if (program) run(program, args);

function requireNode(major, minor) {
  const [hasMajor, hasMinor] = process.versions.node.split(".").map(Number);
  if (hasMajor > major || (hasMajor === major && hasMinor >= minor)) return;
  fail(`Node ${major}.${minor} or newer is needed; this is ${process.versions.node}.`);
}

async function setUp() {
  if (isInstalled() && isGenerated()) return;
  const release = await takeLock();
  try {
    if (!isInstalled()) install();
    if (!isGenerated()) generate();
  } finally {
    release();
  }
}

/** npm records its installs in node_modules; compare the versions with the lock file's. */
function isInstalled() {
  if (!existsSync(pinnedNode)) return false;
  const wanted = readPackages("package-lock.json");
  const installed = readPackages("node_modules/.package-lock.json");
  if (!wanted || !installed) return false;
  const isSame = (name) => wanted[name]?.version === installed[name]?.version;
  // The lock file also lists packages for other platforms, which aren't installed.
  const isSatisfied = (name) => isSame(name) || (wanted[name].optional && !installed[name]);
  return (
    Object.keys(installed).every(isSame) && Object.keys(wanted).every((name) => !name || isSatisfied(name))
  );
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(inProject(file), "utf8")).packages;
  } catch {
    return undefined;
  }
}

function install() {
  say("Installing the dependencies (once, about a minute) …");
  const options = ["--include=dev", "--loglevel=error", "--no-audit", "--no-fund", "--no-update-notifier"];
  const { status, error } = spawnSync("npm", ["ci", ...options], {
    cwd: project,
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (status !== 0)
    fail(`The dependencies could not be installed (npm ci: ${error?.message ?? `exit code ${status}`}).`);
  if (!existsSync(pinnedNode))
    fail("npm did not run the install script of the package node; allow it and try again.");
}

function isGenerated() {
  return existsSync(generatedStamp) && readFileSync(generatedStamp, "utf8") === schemaHash();
}

function generate() {
  say("Generating the database client …");
  const { status, stderr } = spawnSync(
    pinnedNode,
    [inProject("node_modules/prisma/build/index.js"), "generate"],
    {
      cwd: project,
      encoding: "utf8",
      env: {
        ...process.env,
        // Generating needs no engine, but Prisma downloads one unless this path names an executable.
        PRISMA_SCHEMA_ENGINE_BINARY: pinnedNode,
        PRISMA_HIDE_UPDATE_MESSAGE: "1",
        CHECKPOINT_DISABLE: "1",
      },
    },
  );
  if (status !== 0) fail(`The database client could not be generated:\n${stderr}`);
  writeFileSync(generatedStamp, schemaHash());
}

function schemaHash() {
  const prisma = readFileSync(inProject("node_modules/prisma/package.json"));
  const schema = readFileSync(inProject("prisma/schema.prisma"));
  return createHash("sha256").update(JSON.parse(prisma.toString()).version).update(schema).digest("hex");
}

/** A lock: of two that start together, the second waits and then finds the work done. */
async function takeLock() {
  mkdirSync(path.dirname(setupLock), { recursive: true, mode: 0o711 });
  for (let isTold = false; ;) {
    try {
      writeFileSync(setupLock, String(process.pid), { flag: "wx" });
      process.on("exit", releaseLock);
      return releaseLock;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    if (!isHolderAlive()) rmSync(setupLock, { force: true });
    else if (!isTold) isTold = say("Waiting for another command to finish setup …");
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

function releaseLock() {
  process.off("exit", releaseLock);
  rmSync(setupLock, { force: true });
}

function isHolderAlive() {
  try {
    process.kill(Number(readFileSync(setupLock, "utf8")), 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

/** Like exec: the program keeps the terminal, gets the signals and decides the exit code. */
function run(file, args) {
  const child = spawn(
    pinnedNode,
    [...(file.endsWith(".ts") ? ["--import", "tsx"] : []), inProject(file), ...args],
    {
      cwd: project,
      stdio: "inherit",
      env: {
        ...process.env,
        PATH: `${inProject("node_modules/.bin")}${path.delimiter}${process.env.PATH ?? ""}`,
      },
    },
  );
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  endWithNpm(() => child.kill("SIGTERM"));
  child.on("error", (error) => fail(`${file} could not be started: ${error.message}`));
  child.on("exit", (code, signal) => {
    if (!signal) process.exit(code ?? 1);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

/** npm forwards every signal but SIGKILL. */
function endWithNpm(end) {
  if (!process.env.npm_lifecycle_event) return;
  const npm = process.ppid;
  setInterval(() => process.ppid === npm || end(), 1_000).unref();
}

function say(line) {
  process.stderr.write(`${line}\n`);
  return true;
}

function fail(sentence) {
  say(sentence);
  process.exit(1);
}
