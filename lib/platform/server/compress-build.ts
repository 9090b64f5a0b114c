import { glob, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";

/** Smaller files stay uncompressed. */
const COMPRESSED_FROM = 1_024;
const compress = promisify(brotliCompress);

/** Precompresses the scripts and style sheets of a build with Brotli at its best: adds `name.js.br`. */
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
