import { glob, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";

/** Smaller files are sent as they are. */
const COMPRESSED_FROM = 1_024;
const compress = promisify(brotliCompress);

/** Writes each script and style sheet of a build a second time, compressed as well as Brotli can: `name.js.br`. */
export async function compressBuild(distDir: string): Promise<void> {
  const folder = path.join(distDir, "static");
  for await (const name of glob("**/*.{js,css}", { cwd: folder })) {
    const file = path.join(folder, name);
    const content = await readFile(file);
    if (content.length < COMPRESSED_FROM) continue;
    const params = { [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
    await writeFile(`${file}.br`, await compress(content, { params }));
  }
}
