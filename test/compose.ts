import { readFileSync } from "node:fs";
import { parse } from "yaml";

export type Service = {
  image?: string;
  command?: string[];
  entrypoint?: string[];
  environment?: Record<string, string>;
  env_file?: string[];
  read_only?: boolean;
  tmpfs?: string[];
  user?: string;
  cap_drop?: string[];
  security_opt?: string[];
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test?: string[]; disable?: boolean };
  networks?: string[];
  secrets?: string[];
  configs?: { source: string }[];
  volumes?: string[];
  profiles?: string[];
  stop_grace_period?: string;
  pids_limit?: number;
  deploy?: { resources?: { limits?: { cpus?: string; memory?: string } } };
};

export type Compose = {
  name?: string;
  services: Record<string, Service>;
  networks: Record<string, { internal?: boolean } | null>;
  secrets: Record<string, { file: string }>;
  configs: Record<string, { file: string }>;
  volumes: Record<string, unknown>;
};

export const COMPOSE_FILE = "deploy/compose/compose.yaml";

/** Reads the file with its anchors and merge keys resolved, as compose does. */
export const readCompose = (text = readFileSync(COMPOSE_FILE, "utf8")): Compose =>
  parse(text, { merge: true }) as Compose;

/** Replaces `${NAME}`, `${NAME:-default}` and `${NAME:?message}`. */
export function interpolate(text: string, variables: Record<string, string>): string {
  return text.replace(/\$\{(\w+)(?:(:[-?])([^}]*))?\}/g, (_match, name: string, kind = "", rest = "") => {
    const value = variables[name] || (kind === ":-" ? rest : undefined);
    if (value === undefined) throw new Error(`${name} is not set: ${rest}`);
    return value;
  });
}
