import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { findFreePort } from "@/lib/platform/db/free-port";
import type { LoadBalancer } from "./load-balancer";

/** @returns nginx's program, or undefined if it isn't installed */
export const findNginx = (): string | undefined =>
  [
    process.env["NGINX"] ?? "",
    ...(process.env["PATH"] ?? "").split(":").map((folder) => path.join(folder, "nginx")),
    "/usr/sbin/nginx",
  ]
    .filter(Boolean)
    .find((file) => existsSync(file));

/**
 * Starts nginx in front of the servers, as docs/operations.md configures it. Its idle connections end before
 * a drain does, so that it sends no request into a closing one.
 */
export async function startNginx(program: string, ports: number[]): Promise<LoadBalancer> {
  const folder = await mkdtemp(path.join(tmpdir(), "runflow-nginx-"));
  const port = await findFreePort();
  const file = path.join(folder, "nginx.conf");
  await writeFile(file, configure(folder, port, ports));
  const nginx = spawn(program, ["-p", folder, "-c", file, "-e", path.join(folder, "error.log")], {
    stdio: "inherit",
  });
  const baseUrl = `http://127.0.0.1:${port}`;
  while (nginx.exitCode === null) {
    if (
      await fetch(`${baseUrl}/v1/health`).then(
        (response) => response.ok,
        () => false,
      )
    )
      break;
    await setTimeout(100);
  }
  if (nginx.exitCode !== null) throw new Error("nginx did not start");
  return {
    baseUrl,
    close: async () => {
      const exited = once(nginx, "exit");
      nginx.kill("SIGTERM");
      await exited;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const configure = (folder: string, port: number, ports: number[]): string => `
daemon off;
${process.getuid?.() === 0 ? "user root;" : ""}
pid ${folder}/nginx.pid;
worker_processes 2;
events { worker_connections 1024; }
http {
  access_log off;
  ${["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((kind) => `${kind}_temp_path ${folder}/${kind};`).join(" ")}
  upstream console {
    ${ports.map((each) => `server 127.0.0.1:${each} max_fails=1 fail_timeout=1s;`).join("\n    ")}
    keepalive 32;
    keepalive_timeout 1s;
  }
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://console;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
      proxy_buffering off;
      proxy_read_timeout 75s;
    }
  }
}
`;
