import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { findFreePort } from "@/lib/platform/db/free-port";
import { configureHaproxy } from "./haproxy";
import { type Configure, type LoadBalancer, startLoadBalancer } from "./load-balancer";
import { configureNginx } from "./nginx";

const PROXIES: Record<string, Configure> = { nginx: configureNginx, haproxy: configureHaproxy };

/** @returns the program of a proxy from the PATH or Debian's package, or undefined if it isn't installed */
export const findProxy = (name: string): string | undefined =>
  [...(process.env["PATH"] ?? "").split(":"), "/usr/sbin"]
    .map((folder) => path.join(folder, name))
    .find((file) => existsSync(file));

/** The proxy of the compose file if it is installed, else our own load balancer. */
export const defaultProxy = (): string => (findProxy("nginx") ? "nginx" : "own");

/** Starts a proxy in front of the servers: `nginx`, `haproxy`, or `own`, our load balancer. */
export async function startProxy(name: string, servers: number[]): Promise<LoadBalancer> {
  if (name === "own") return startLoadBalancer(servers);
  const [program, configure] = [findProxy(name), PROXIES[name]];
  if (!program || !configure) throw new Error(`no program for the proxy ${name}`);
  const folder = await mkdtemp(path.join(tmpdir(), `runflow-${name}-`));
  const port = await findFreePort();
  const child = spawn(program, await configure(folder, port, servers), { stdio: "inherit" });
  const baseUrl = `http://127.0.0.1:${port}`;
  const isUp = () =>
    fetch(`${baseUrl}/v1/health`).then(
      ({ ok }) => ok,
      () => false,
    );
  while (child.exitCode === null && !(await isUp())) await setTimeout(100);
  if (child.exitCode !== null) throw new Error(`${name} did not start`);
  return {
    baseUrl,
    readErrors: () => readFile(path.join(folder, "error.log"), "utf8").catch(() => ""),
    close: async () => {
      const exited = once(child, "exit");
      child.kill("SIGTERM");
      await exited;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
