import { spawnSync } from "node:child_process";
import path from "node:path";
import { compressBuild } from "@/lib/platform/server/compress-build";

/** Makes the production build, with its assets compressed. */
const next = path.resolve("node_modules/next/dist/bin/next");
const { status } = spawnSync(process.execPath, [next, "build"], { stdio: "inherit" });
if (status !== 0) process.exit(status ?? 1);
await compressBuild(process.env["NEXT_DIST_DIR"] || ".next");
