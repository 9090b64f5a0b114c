import { readFileSync } from "node:fs";
import { DockerfileParser } from "dockerfile-ast";

export type Image = {
  /** Each stage's base, such as `node:24.0.0-slim`. */
  bases: string[];
  /** Where the image holds what, by its source in the build stage. */
  places: Record<string, string>;
  /** With the defaults of build arguments. */
  env: Record<string, string>;
  uid: number;
  gid: number;
  workdir: string;
  entrypoint: string[];
  command: string[];
  healthcheck: string[];
  stopSignal: NodeJS.Signals;
};

/** Reads what a Dockerfile's last stage says about running the image. */
export function readImage(file = "Dockerfile", text = readFileSync(file, "utf8")): Image {
  const dockerfile = DockerfileParser.parse(text);
  const from = dockerfile.getFROMs().map((each) => each.getImage() ?? "");
  const lastFrom = dockerfile.getFROMs().at(-1)!.getRange().start.line;
  const stage = dockerfile.getInstructions().filter((each) => each.getRange().start.line > lastFrom);
  const argumentsOf = (keyword: string) =>
    stage.filter((each) => each.getKeyword() === keyword).map((each) => each.getArgumentsContent() ?? "");
  const list = (keyword: string) => readList(argumentsOf(keyword).at(-1) ?? "");
  const [uid = NaN, gid = NaN] = (argumentsOf("USER").at(-1) ?? "").split(":").map(Number);
  const defaults = Object.fromEntries(argumentsOf("ARG").map((text) => text.split("=")));
  const expand = (text: string) => text.replace(/\$\{(\w+)\}/g, (_match, name: string) => defaults[name]!);
  const copied = argumentsOf("COPY").map((text) => text.replace(/^(--\S+\s+)+/, "").split(/\s+/));
  return {
    bases: from,
    places: Object.fromEntries(copied) as Record<string, string>,
    env: Object.fromEntries(
      dockerfile
        .getENVs()
        .filter((each) => each.getRange().start.line > lastFrom)
        .flatMap((each) => each.getProperties())
        .map((property) => [property.getName(), expand(property.getValue() ?? "")]),
    ),
    uid,
    gid,
    workdir: argumentsOf("WORKDIR").at(-1) ?? "/",
    entrypoint: list("ENTRYPOINT"),
    command: list("CMD"),
    healthcheck: list("HEALTHCHECK"),
    stopSignal: (argumentsOf("STOPSIGNAL").at(-1) ?? "SIGTERM") as NodeJS.Signals,
  };
}

/** The exec form; the shell form, which would keep signals from the process, is no list. */
function readList(text: string): string[] {
  const [json = "[]"] = /\[.*\]$/s.exec(text) ?? [];
  return JSON.parse(json) as string[];
}
