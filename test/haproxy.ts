import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { Configure } from "./load-balancer";

/** HAProxy with health checks, as docs/operations.md has it. */
export const configureHaproxy: Configure = async (folder, port, servers) => {
  const file = path.join(folder, "haproxy.cfg");
  await writeFile(
    file,
    `defaults
  mode http
  timeout connect 2s
  timeout client 60s
  timeout server 60s
  option forwardfor
  option httpchk
  http-check send meth GET uri /v1/readiness ver HTTP/1.1 hdr Host localhost
  default-server check inter 500ms fall 2 rise 1
frontend public
  bind 127.0.0.1:${port}
  default_backend web
backend web
  balance roundrobin
${servers.map((each, at) => `  server web-${at + 1} 127.0.0.1:${each}`).join("\n")}
`,
  );
  return ["-f", file, "-db", "-q"];
};
