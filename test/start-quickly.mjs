import { enableCompileCache } from "node:module";
import path from "node:path";
// Loaded with `--import` into servers and workers under test, which start about a hundred times in a run.
// Caches compiled code beside the build and skips source maps, of which Node reads 80 MB per start.
enableCompileCache(path.resolve(process.env["NEXT_DIST_DIR"] || ".next", "compiled"));
process.setSourceMapsEnabled(false);
