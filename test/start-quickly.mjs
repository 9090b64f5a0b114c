import { enableCompileCache } from "node:module";
import path from "node:path";
// Loaded with `--import` into servers and workers under test. They start about a hundred times in a test run: compiled code is kept
// beside the build, and source maps, of which Node would read 80 MB at each start, are left alone.
enableCompileCache(path.resolve(process.env["NEXT_DIST_DIR"] || ".next", "compiled"));
process.setSourceMapsEnabled(false);
