import { createReadStream } from "node:fs";
import { glob, stat } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import path from "node:path";
import { pipeline } from "node:stream";

const TYPES: Record<string, string> = {
  ".js": "application/javascript; charset=UTF-8",
  ".css": "text/css; charset=UTF-8",
};

type File = { path: string; size: number; type: string };

/**
 * Serves precompressed assets of a build to browsers that accept Brotli: a seventh smaller than Next's gzip,
 * and no work per request.
 * @returns whether it answered the request
 */
export async function serveCompressed(distDir: string) {
  const files = new Map<string, File>();
  for await (const name of glob("static/**/*.br", { cwd: distDir })) {
    const asset = name.slice(0, -".br".length);
    const file = path.join(distDir, name);
    const type = TYPES[path.extname(asset)] ?? "application/octet-stream";
    files.set(`/_next/${asset.split(path.sep).join("/")}`, {
      path: file,
      size: (await stat(file)).size,
      type,
    });
  }
  return ({ method, url = "", headers }: IncomingMessage, response: ServerResponse): boolean => {
    const file = files.get(url.split("?")[0]!);
    if (!file || (method !== "GET" && method !== "HEAD") || headers.range || !takesBrotli(headers))
      return false;
    response.writeHead(200, {
      "Content-Type": file.type,
      "Content-Encoding": "br",
      "Content-Length": file.size,
      // The file name contains a hash of the content.
      "Cache-Control": "public, max-age=31536000, immutable",
      Vary: "Accept-Encoding",
    });
    if (method === "HEAD") response.end();
    else pipeline(createReadStream(file.path), response, () => {});
    return true;
  };
}

const takesBrotli = (headers: IncomingMessage["headers"]): boolean =>
  /(^|,)\s*br\s*(,|$|;\s*q=(1|0?\.\d*[1-9]))/i.test(String(headers["accept-encoding"] ?? ""));
