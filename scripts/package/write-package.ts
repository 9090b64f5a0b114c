import { chmod, cp, glob, lstat, mkdir, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { bundleCommands } from "./bundle-commands";
import { tracePackages } from "./trace-packages";

type Options = {
  /** Next's build. */
  distDir: string;
  /** Where to write; replaced if it exists. */
  folder: string;
};

/** What only the build, its tests and debuggers read. */
const NOT_SERVED = /\.(map|nft\.json)$/;

/**
 * Lays out exactly what the image holds: the compiled commands, the build, the migrations and the files of
 * packages that these load.
 */
export async function writePackage({ distDir, folder }: Options): Promise<void> {
  const commands = await bundleCommands();
  const packages = await tracePackages(commands, distDir);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await cp(path.join(commands, "bin"), path.join(folder, "bin"), { recursive: true });
  for (const file of packages) await copy(file, path.join(folder, file));
  await copyBuild(distDir, path.join(folder, ".next"));
  await copy("prisma/schema.prisma", path.join(folder, "prisma/schema.prisma"));
  await cp("prisma/migrations", path.join(folder, "prisma/migrations"), { recursive: true });
  await writeFile(path.join(folder, "package.json"), await manifest());
  await makeReadable(folder);
}

async function copyBuild(distDir: string, target: string): Promise<void> {
  // `node_modules` links the packages that the build didn't bundle, under names with a hash.
  const parts = [
    "BUILD_ID",
    "package.json",
    "*-manifest.json",
    "required-server-files.json",
    "{node_modules,server,static}/**",
  ];
  for await (const name of glob(parts, { cwd: distDir })) {
    const source = path.join(distDir, name);
    const isFolder = (await lstat(source)).isDirectory();
    if (!isFolder && !NOT_SERVED.test(name)) await copy(source, path.join(target, name));
  }
  await linkDuplicates(path.join(target, "server/chunks"));
}

/**
 * The build has the same code once for each route, but for the name of its source map: a third of the image.
 * Each copy after the first becomes a link, which Node also loads only once.
 */
async function linkDuplicates(folder: string): Promise<void> {
  const firsts = new Map<string, string>();
  for await (const name of glob("**/*.js", { cwd: folder })) {
    const file = path.join(folder, name);
    const code = (await readFile(file, "utf8")).replace(/\n\/\/# sourceMappingURL=.*\s*$/, "\n");
    const first = firsts.get(code);
    await rm(file);
    if (first) await symlink(path.relative(path.dirname(file), first), file);
    else await writeFile(file, code);
    if (!first) firsts.set(code, file);
  }
}

/** Links stay links, because pnpm and Next rely on them. */
async function copy(source: string, target: string): Promise<void> {
  await mkdir(path.dirname(target), { recursive: true });
  await cp(source, target, { verbatimSymlinks: true, recursive: true });
}

async function manifest(): Promise<string> {
  const { name, version, license } = JSON.parse(await readFile("package.json", "utf8")) as Record<
    string,
    string
  >;
  return `${JSON.stringify({ name, version, private: true, license, type: "module" }, undefined, 2)}\n`;
}

/** Readable by any user, with any umask of the build. */
async function makeReadable(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isSymbolicLink()) continue;
    await chmod(path.join(entry.parentPath, entry.name), entry.isDirectory() ? 0o755 : 0o644);
  }
}
