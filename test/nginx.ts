import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Configure } from "./load-balancer";

/** Of nginx.conf for compose: the parts that decide which server gets a request. */
const PARTS = [/^upstream web \{.*?^\}/ms, /^ {2}location \/ \{\n {4}proxy_pass.*?^ {2}\}/ms];

/** nginx as the compose file configures it, but without TLS and at other addresses. */
export const configureNginx: Configure = async (folder, port, servers) => {
  const shipped = await readFile("deploy/compose/nginx.conf", "utf8");
  const [upstream = "", location = ""] = PARTS.map((part) => part.exec(shipped)![0]);
  const addressed = upstream.replace(/web-(\d):3000/g, (_, at) => `127.0.0.1:${servers[Number(at) - 1]}`);
  const file = path.join(folder, "nginx.conf");
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
  await writeFile(
    file,
    `daemon off;
${process.getuid?.() === 0 ? "user root;" : ""}
pid ${folder}/nginx.pid;
worker_processes 2;
events { worker_connections 1024; }
http {
${temporary.map((kind) => `${kind}_temp_path ${folder}/${kind};`).join("\n")}
access_log off;
${addressed}
server {
  listen 127.0.0.1:${port};
${location}
}
}
`,
  );
  return ["-p", folder, "-c", file, "-e", path.join(folder, "error.log")];
};
