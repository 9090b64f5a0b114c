import { enableCompileCache } from "node:module";
import path from "node:path";
// Loaded with `--import` into servers and workers under test, which start about a hundred times in a run.
// Caches compiled code next to the build, and skips source maps (Node reads 80 MB of them per start).
enableCompileCache(path.resolve(process.env["NEXT_DIST_DIR"] || ".next", "compiled"));
process.setSourceMapsEnabled(false);
