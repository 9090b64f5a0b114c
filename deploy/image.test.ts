import { readFileSync } from "node:fs";
import { validate, ValidationSeverity } from "dockerfile-utils";
import { describe, expect, test } from "vitest";
import { productionCommands } from "@/scripts/package/production-commands";
import { readImage } from "@/test/image";
import { NODE_FLAGS } from "@/lib/platform/server/node-flags";

const TEXT = readFileSync("Dockerfile", "utf8");
const image = readImage();
const { dependencies } = JSON.parse(readFileSync("package.json", "utf8")) as {
  dependencies: Record<string, string>;
};

/** The linter's findings, then those of our own rules. */
function findProblems(text: string): string[] {
  const strict = ValidationSeverity.ERROR;
  const findings = validate(text, {
    deprecatedMaintainer: strict,
    emptyContinuationLine: strict,
    instructionCasing: strict,
    instructionCmdMultiple: strict,
    instructionEntrypointMultiple: strict,
    instructionHealthcheckMultiple: strict,
    instructionJSONInSingleQuotes: strict,
    instructionWorkdirRelative: strict,
  }).map(({ message }) => String(message));
  const { bases, uid, entrypoint, command, healthcheck, env } = readImage(undefined, text);
  const stages: string[] = text.match(/(?<=^FROM .+ AS )\S+/gm) ?? [];
  const moving = bases.filter(
    (base) => !stages.includes(base) && !/:(?!latest$)[\w.-]+(@sha256:|$)/.test(base),
  );
  return [
    ...findings,
    ...moving.map((base) => `${base} names no version`),
    ...(uid > 0 ? [] : ["runs as root, or by a name that Kubernetes can't check"]),
    ...(entrypoint.length > 0 && command.length > 0
      ? []
      : ["a shell would swallow signals: use the exec form"]),
    ...(healthcheck.length > 0 ? [] : ["has no health check, or one that needs a shell"]),
    ...Object.keys(env).filter((name) => /SECRET|PASSWORD|KEY|TOKEN|DATABASE_URL/.test(name)),
    ...(/^ADD /m.test(text) ? ["COPY is enough"] : []),
    ...(/apt-get|apk add|curl|wget/.test(text) ? ["installs or fetches what the lock file doesn't pin"] : []),
  ];
}

test("Dockerfile: no findings", () => expect(findProblems(TEXT)).toEqual([]));

test("Dockerfile: the Node that the tests run on, started with the same flags", () => {
  expect(image.bases[0]).toBe(`node:${dependencies["node"]}-bookworm-slim`);
  expect(image.entrypoint).toEqual([expect.stringMatching(/^\/.+\/node$/), ...NODE_FLAGS]);
});

test("Dockerfile: names its version and revision, and commands that the build makes", () => {
  for (const label of ["title", "description", "version", "revision"])
    expect(TEXT).toContain(`org.opencontainers.image.${label}=`);
  const built = productionCommands().map((source) => source.replace(/^scripts\/(.+)\.ts$/, "bin/$1.js"));
  expect(built).toEqual(expect.arrayContaining([image.command[0], image.healthcheck[1]]));
});

test(".dockerignore: keeps secrets, history and other machines' packages out of the build", () => {
  const ignored = readFileSync(".dockerignore", "utf8").split("\n");
  expect(ignored).toEqual(
    expect.arrayContaining([".env", ".env.*", ".git", "**/node_modules", ".data", "deploy"]),
  );
});

describe("controls: a Dockerfile is refused", () => {
  test.each<[what: string, from: string | RegExp, to: string, problem: string]>([
    ["with a base that moves", /^FROM node:\S+/m, "FROM node:latest", "node:latest names no version"],
    ["with a base without a tag", /^FROM gcr\S+/m, "FROM debian", "debian names no version"],
    ["that runs as root", /^USER .*$/m, "USER 0:0", "runs as root"],
    ["that names its user", /^USER .*$/m, "USER nonroot", "runs as root"],
    ["whose shell gets the signals", /^CMD .*$/m, "CMD node bin/serve.js", "exec form"],
    ["without a health check", /^HEALTHCHECK[^\n]*\n.*$/m, "", "no health check"],
    ["with a secret", "HOST=0.0.0.0", "NEXTAUTH_SECRET=abc", "NEXTAUTH_SECRET"],
    ["with an unknown instruction", "EXPOSE 3000", "EXPOS 3000", "Unknown instruction: EXPOS"],
    ["with an unknown flag", "--interval=10s", "--intervall=10s", "Unknown flag: intervall"],
    ["with an unknown signal", "SIGTERM", "TERMINATE", "Invalid signal: TERMINATE"],
    [
      "that installs something unpinned",
      "RUN npm ci",
      "RUN apt-get install -y curl && npm ci",
      "doesn't pin",
    ],
  ])("%s", (_what, from, to, problem) => {
    const broken = TEXT.replace(from, to);
    expect(broken).not.toBe(TEXT);
    expect(findProblems(broken)).toEqual(expect.arrayContaining([expect.stringContaining(problem)]));
  });
});
