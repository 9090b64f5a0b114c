import path from "node:path";
import { ensureBuild } from "@/lib/platform/server/ensure-build";
import { runCommand } from "@/lib/platform/run-command";
import { folderSize } from "./package/folder-size";
import { writePackage } from "./package/write-package";

/** Writes the folder that the image holds: npm run package, then run it with `node bin/serve.js`. */
await runCommand(async () => {
  const folder = "dist";
  const say = (line: string) => void process.stdout.write(`${line}\n`);
  await ensureBuild({
    distDir: ".next",
    logFile: path.resolve(".data/build.log"),
    onBuild: () => say("Building for production …"),
  });
  await writePackage({ distDir: ".next", folder });
  say(`${folder}/ has ${((await folderSize(folder)) / 1e6).toFixed(1)} MB.`);
});
